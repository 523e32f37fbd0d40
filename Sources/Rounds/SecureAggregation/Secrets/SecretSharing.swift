/// Sharing of a secret so that `threshold` shares give it back and fewer say nothing (Shamir 1979).
///
/// A secret of 32 bytes is cut into five limbs of 52 bits, each the value at 0 of a polynomial of its own over the field
/// of 2^61 - 1. The holder number x has the five values at x; holders are numbered from 1.
enum SecretSharing {
    static let limbs = 5
    static let secretBytes = 32
    /// Bytes of one share: five numbers of 8.
    static let shareBytes = limbs * 8

    /// One holder's part.
    struct Share: Equatable, Sendable {
        /// The holder's number, from 1.
        var holder: Int
        /// ``SecretSharing/limbs`` numbers below the prime.
        var values: [UInt64]
    }

    /// The polynomials of one secret; coefficients come from a key stream, so that the same seed deals the same shares.
    struct Dealer {
        /// For each power, from 0, the coefficients of the five limbs.
        private let coefficients: [UInt64]
        private let threshold: Int

        /// `random` holds at least ``randomBytes(threshold:)`` bytes.
        init(secret: [UInt8], threshold: Int, random: some Collection<UInt8>) throws(RoundsError) {
            guard secret.count == secretBytes, threshold >= 1, random.count >= Self.randomBytes(threshold: threshold)
            else { throw .masking("a secret of \(secret.count) bytes cannot be shared") }
            var coefficients = SecretSharing.limbs(of: secret)
            coefficients.reserveCapacity(limbs * threshold)
            var value: UInt64 = 0
            for (index, byte) in random.prefix(Self.randomBytes(threshold: threshold)).enumerated() {
                value = value << 8 | UInt64(byte)
                guard index % 8 == 7 else { continue }
                // 61 of 64 bits: all values are equally likely but 0, which has 2^-61 more.
                coefficients.append(PrimeField.reduce(value & PrimeField.prime))
                value = 0
            }
            self.coefficients = coefficients
            self.threshold = threshold
        }

        static func randomBytes(threshold: Int) -> Int { max(0, threshold - 1) * limbs * 8 }

        /// The share of the holder `number`, from 1.
        func share(_ number: Int) -> Share {
            // Never 0: there lies the secret.
            let x = PrimeField.reduce(UInt64(clamping: max(1, number)))
            let values = coefficients.withUnsafeBufferPointer { all -> [UInt64] in
                // Horner's rule, the five limbs side by side.
                var sums: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
                var place = (threshold - 1) * limbs
                while place >= 0, place + 4 < all.count {
                    sums.0 = PrimeField.sum(PrimeField.product(sums.0, x), all[place])
                    sums.1 = PrimeField.sum(PrimeField.product(sums.1, x), all[place + 1])
                    sums.2 = PrimeField.sum(PrimeField.product(sums.2, x), all[place + 2])
                    sums.3 = PrimeField.sum(PrimeField.product(sums.3, x), all[place + 3])
                    sums.4 = PrimeField.sum(PrimeField.product(sums.4, x), all[place + 4])
                    place -= limbs
                }
                return [sums.0, sums.1, sums.2, sums.3, sums.4]
            }
            return Share(holder: number, values: values)
        }
    }

    /// The secret behind exactly as many shares as its threshold, by Lagrange's formula at 0.
    ///
    /// Wrong shares give a wrong secret or none: the caller compares it with what was promised about it.
    static func secret(from shares: [Share]) throws(RoundsError) -> [UInt8] {
        let points = shares.map { PrimeField.reduce(UInt64(clamping: $0.holder)) }
        guard Set(points).count == points.count, !points.isEmpty, !points.contains(0),
            shares.allSatisfy({ $0.values.count == limbs })
        else { throw .masking("shares of a secret are empty, of one holder twice, or of the wrong size") }
        var sums = [UInt64](repeating: 0, count: limbs)
        for (index, weight) in weights(points).enumerated() {
            for limb in 0..<limbs {
                let part = PrimeField.product(weight, PrimeField.reduce(shares[index].values[limb]))
                sums[limb] = PrimeField.sum(sums[limb], part)
            }
        }
        return try bytes(of: sums)
    }

    /// For each point, the factor of its value in the value at 0: product of x_j / (x_j - x_i) over the other points.
    static func weights(_ points: [UInt64]) -> [UInt64] {
        points.enumerated().map { index, mine in
            var above: UInt64 = 1
            var below: UInt64 = 1
            for (other, point) in points.enumerated() where other != index {
                above = PrimeField.product(above, point)
                below = PrimeField.product(below, PrimeField.difference(point, mine))
            }
            return PrimeField.product(above, PrimeField.inverse(below))
        }
    }

    /// 52 bits a limb, the low bits first; the last holds 48.
    static func limbs(of secret: [UInt8]) -> [UInt64] {
        var result = [UInt64](repeating: 0, count: limbs)
        for (index, byte) in secret.prefix(secretBytes).enumerated() {
            for bit in 0..<8 {
                let place = index * 8 + bit
                result[place / 52] |= UInt64(byte >> bit & 1) << (place % 52)
            }
        }
        return result
    }

    static func bytes(of limbs: [UInt64]) throws(RoundsError) -> [UInt8] {
        guard limbs.count == Self.limbs, limbs.allSatisfy({ $0 >> 52 == 0 }), limbs[Self.limbs - 1] >> 48 == 0
        else { throw .masking("shares of a secret do not fit together") }
        var secret = [UInt8](repeating: 0, count: secretBytes)
        for place in 0..<secretBytes * 8 where limbs[place / 52] >> (place % 52) & 1 == 1 {
            secret[place / 8] |= 1 << (place % 8)
        }
        return secret
    }
}

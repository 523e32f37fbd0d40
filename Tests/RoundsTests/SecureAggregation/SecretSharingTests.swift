import Testing

@testable import Rounds

@Suite struct SecretSharingTests {
    /// A secret whose limbs are five small numbers, and a dealer whose polynomials are given.
    private func dealer(_ limbs: [UInt64], _ coefficients: [[UInt64]]) throws -> SecretSharing.Dealer {
        var random: [UInt8] = []
        for power in coefficients {
            for value in power { random += (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) } }
        }
        return try SecretSharing.Dealer(
            secret: SecretSharing.bytes(of: limbs), threshold: coefficients.count + 1, random: random)
    }

    /// f(x) = 1234 + 166 x + 94 x^2, the example of Wikipedia's "Shamir's secret sharing", in the first limb.
    @Test func sharesAreThePointsOfThePolynomial() throws {
        let dealer = try dealer([1234, 0, 1, 0, 0], [[166, 0, 0, 0, 5], [94, 0, 0, 1, 0]])
        let shares = (1...6).map(dealer.share)
        #expect(shares.map { $0.values[0] } == [1494, 1942, 2578, 3402, 4414, 5614])
        // 1 + 0 x; x^2; 5 x.
        #expect(shares.map { $0.values[2] } == [1, 1, 1, 1, 1, 1])
        #expect(shares.map { $0.values[3] } == [1, 4, 9, 16, 25, 36])
        #expect(shares.map { $0.values[4] } == [5, 10, 15, 20, 25, 30])
        for chosen in [[0, 1, 2], [5, 3, 1], [1, 3, 4]] {
            let secret = try SecretSharing.secret(from: chosen.map { shares[$0] })
            #expect(SecretSharing.limbs(of: secret) == [1234, 0, 1, 0, 0])
        }
    }

    /// The weights of the points 2, 4 and 5 at 0: 4*5/((4-2)(5-2)) = 10/3, 2*5/((2-4)(5-4)) = -5, 2*4/((2-5)(4-5)) = 8/3.
    @Test func weightsAreLagranges() {
        let weights = SecretSharing.weights([2, 4, 5])
        #expect(PrimeField.product(weights[0], 3) == 10)
        #expect(weights[1] == PrimeField.prime - 5)
        #expect(PrimeField.product(weights[2], 3) == 8)
    }

    @Test func fieldArithmeticIsModulo2To61Minus1() {
        let last = PrimeField.prime - 1
        #expect(PrimeField.sum(last, 1) == 0)
        #expect(PrimeField.sum(last, 5) == 4)
        #expect(PrimeField.difference(3, 5) == PrimeField.prime - 2)
        #expect(PrimeField.product(last, last) == 1)
        // 2^60 * 2^60 = 2^120 = 2^(61 + 59) = 2^59.
        #expect(PrimeField.product(1 << 60, 1 << 60) == 1 << 59)
        #expect(PrimeField.reduce(.max) == 7)
        #expect(PrimeField.inverse(2) == 1 << 60)
        for value: UInt64 in [1, 3, 1 << 40, last, 0x0123_4567_89AB_CDEF] {
            #expect(PrimeField.product(value, PrimeField.inverse(value)) == 1)
        }
        // Python: 0x0123456789abcdef * 0x0fedcba987654321 % (2**61 - 1)
        #expect(PrimeField.product(0x0123_4567_89AB_CDEF, 0x0FED_CBA9_8765_4321) == 194897821954081904)
    }

    @Test func limbsCarryEveryBitOfASecret() throws {
        for bit in 0..<256 {
            var secret = [UInt8](repeating: 0, count: 32)
            secret[bit / 8] = 1 << (bit % 8)
            let limbs = SecretSharing.limbs(of: secret)
            #expect(limbs[bit / 52] == 1 << (bit % 52))
            #expect(try SecretSharing.bytes(of: limbs) == secret)
        }
        let full = [UInt8](repeating: 255, count: 32)
        #expect(try SecretSharing.bytes(of: SecretSharing.limbs(of: full)) == full)
    }

    @Test func sharesThatDoNotFitAreRefused() throws {
        let dealer = try dealer([9, 9, 9, 9, 9], [[1, 1, 1, 1, 1], [1, 1, 1, 1, 1]])
        let shares = (1...3).map(dealer.share)
        #expect(throws: RoundsError.self) { try SecretSharing.secret(from: []) }
        #expect(throws: RoundsError.self) { try SecretSharing.secret(from: [shares[0], shares[0], shares[1]]) }
        var wrong = shares
        wrong[1].values[2] ^= 1 << 33
        // Three times the error, as the weights of 1, 2, 3 at 0 are 3, -3, 1: far beyond 52 bits, or another secret.
        let made = try? SecretSharing.secret(from: wrong)
        #expect(made != [UInt8](repeating: 0, count: 32))
        #expect(try made != SecretSharing.secret(from: shares))
        #expect(throws: RoundsError.self) {
            try SecretSharing.Dealer(secret: [1], threshold: 2, random: [UInt8](repeating: 0, count: 40))
        }
    }

    /// With fewer shares than the threshold, every secret is as good an explanation as the true one.
    @Test func fewerSharesThanTheThresholdFitEverySecret() throws {
        let dealer = try dealer([7, 7, 7, 7, 7], [[11, 12, 13, 14, 15], [21, 22, 23, 24, 25]])
        let known = [dealer.share(1), dealer.share(4)]
        for guess: UInt64 in [0, 7, 8, 1 << 47] {
            // The point that a third holder would need to have for the guess to be true: from the value at 0, which is
            // w1 y1 + w4 y4 + w5 y5 for the points 1, 4 and 5.
            let weights = SecretSharing.weights([1, 4, 5])
            let values = (0..<5).map { limb in
                let rest = PrimeField.difference(
                    PrimeField.difference(guess, PrimeField.product(weights[0], known[0].values[limb])),
                    PrimeField.product(weights[1], known[1].values[limb]))
                return PrimeField.product(rest, PrimeField.inverse(weights[2]))
            }
            let third = SecretSharing.Share(holder: 5, values: values)
            let secret = try SecretSharing.secret(from: known + [third])
            #expect(SecretSharing.limbs(of: secret) == [guess, guess, guess, guess, guess])
        }
    }
}

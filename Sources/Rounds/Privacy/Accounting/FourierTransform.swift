import Glibc

/// The discrete Fourier transform of a power of two of complex numbers, in place.
struct FourierTransform {
    private let cosines: [Double]
    private let sines: [Double]
    let count: Int

    /// - Parameter bits: the logarithm of the number of values, base 2.
    init(bits: Int) {
        count = 1 << bits
        let half = max(1, count / 2)
        let length = Double(count)
        cosines = (0..<half).map { cos(2 * .pi * Double($0) / length) }
        sines = (0..<half).map { sin(2 * .pi * Double($0) / length) }
    }

    /// - Parameter inverse: with the other sign, and divided by the number of values.
    func transform(_ real: inout [Double], _ imaginary: inout [Double], inverse: Bool = false) {
        let sign: Double = inverse ? 1 : -1
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                reverse(real, imaginary)
                var width = 1
                while width < count {
                    let stride = count / (2 * width)
                    for start in Swift.stride(from: 0, to: count, by: 2 * width) {
                        for offset in 0..<width {
                            let (low, high) = (start + offset, start + offset + width)
                            let (c, s) = (cosines[offset * stride], sign * sines[offset * stride])
                            let re = real[high] * c - imaginary[high] * s
                            let im = real[high] * s + imaginary[high] * c
                            real[high] = real[low] - re
                            imaginary[high] = imaginary[low] - im
                            real[low] += re
                            imaginary[low] += im
                        }
                    }
                    width *= 2
                }
                guard inverse else { return }
                for place in 0..<count {
                    real[place] /= Double(count)
                    imaginary[place] /= Double(count)
                }
            }
        }
    }

    /// Puts each value at the place whose bits are its own, mirrored.
    private func reverse(_ real: UnsafeMutableBufferPointer<Double>, _ imaginary: UnsafeMutableBufferPointer<Double>) {
        var mirrored = 0
        for place in 1..<max(count, 1) {
            var bit = count >> 1
            while mirrored & bit != 0 {
                mirrored ^= bit
                bit >>= 1
            }
            mirrored |= bit
            if place < mirrored {
                real.swapAt(place, mirrored)
                imaginary.swapAt(place, mirrored)
            }
        }
    }
}

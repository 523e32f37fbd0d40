extension TextNet {
    /// The first layer: 3 × 3 filters over edges across and down, every other pixel, then the positive part; 8 channels.
    struct FirstLayer {
        /// Filters by row, column and kind of edge, each with a weight for every channel; then a bias for each channel.
        let weights: [Float]

        func run(_ input: Plane, _ output: inout Plane, _ places: [Place]) {
            let (shape, out) = (input.shape, output.shape)
            guard weights.count == 152, shape.channels == 2, out.channels == 8, out.side == 4 else { return }
            weights.withUnsafeBytes { weights in
                input.values.withUnsafeBufferPointer { from in
                    output.values.withUnsafeMutableBytes { to in
                        // Pixels of the cells at `places`, which both planes have, and those around within their margins. Four
                        // at a time, a row of a cell, which do not wait for one another.
                        for place in places {
                            for y in 4 &* place.row..<4 &* place.row &+ 4 {
                                let bias = weights.loadUnaligned(fromByteOffset: 576, as: SIMD8<Float>.self)
                                var (one, two, three, four) = (bias, bias, bias, bias)
                                var filter = 0
                                for down in -1...1 {
                                    let start = shape.offset(8 &* place.column &- 1, 2 &* y &+ down)
                                    for at in start..<start &+ 6 {
                                        let weight = weights.loadUnaligned(
                                            fromByteOffset: filter, as: SIMD8<Float>.self)
                                        one += weight * from[at]
                                        two += weight * from[at &+ 4]
                                        three += weight * from[at &+ 8]
                                        four += weight * from[at &+ 12]
                                        filter &+= 32
                                    }
                                }
                                let target = 4 &* out.offset(4 &* place.column, y)
                                to.storeBytes(of: one.positive, toByteOffset: target, as: SIMD8<Float>.self)
                                to.storeBytes(of: two.positive, toByteOffset: target &+ 32, as: SIMD8<Float>.self)
                                to.storeBytes(of: three.positive, toByteOffset: target &+ 64, as: SIMD8<Float>.self)
                                to.storeBytes(of: four.positive, toByteOffset: target &+ 96, as: SIMD8<Float>.self)
                            }
                        }
                    }
                }
            }
        }
    }

    /// A layer of filters on each channel by itself, then of sums over channels, then the positive part.
    struct SeparableLayer {
        /// Side of the filters.
        let reach: Int
        /// Pixels of what is read for one that is written: 1 or 2. Where it is 1 and the channels are as many, what was read
        /// is added to the result.
        let step: Int
        /// Filters by row, column and channel, and a bias for each channel; then, for each channel that is read, the weights
        /// for those that are written, and a bias for each of these.
        let weights: [Float]

        /// - Parameters:
        ///   - input: with 8, 16 or 32 channels.
        ///   - output: with 16 or 32.
        func run(_ input: Plane, _ output: inout Plane, _ places: [Place]) {
            let (shape, out, half) = (input.shape, output.shape, reach / 2)
            let (channels, side) = (shape.channels, out.side)
            let (first, sums) = (reach * reach * channels, (reach * reach + 1) * channels)
            let last = sums + channels * out.channels
            guard weights.count == last + out.channels, [8, 16, 32].contains(channels), half <= Shape.margin,
                out.channels == 16 || out.channels == 32
            else { return }
            let adds = step == 1 && channels == out.channels
            weights.withUnsafeBytes { weights in
                input.values.withUnsafeBytes { from in
                    output.values.withUnsafeMutableBytes { to in
                        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 32) { middle in
                            // Pixels of the cells at `places`, which both planes have, and those around within their margins.
                            // The weights were counted, and `middle` has room for 32 channels.
                            for place in places {
                                for y in side &* place.row..<side &* (place.row &+ 1) {
                                    for x in side &* place.column..<side &* (place.column &+ 1) {
                                        let at = shape.offset(step &* x &- half, step &* y &- half)
                                        filter(weights, first, from, at, shape, middle)
                                        let kept = adds ? shape.offset(x, y) : nil
                                        for group in stride(from: 0, to: out.channels, by: 16) {
                                            var (one, two) = (
                                                eight(weights, last &+ group), eight(weights, last &+ group &+ 8)
                                            )
                                            var next = sums &+ group
                                            for channel in 0..<channels {
                                                let value = middle.load(fromByteOffset: 4 &* channel, as: Float.self)
                                                one += eight(weights, next) * value
                                                two += eight(weights, next &+ 8) * value
                                                next &+= out.channels
                                            }
                                            (one, two) = (one.positive, two.positive)
                                            if let kept {
                                                one += eight(from, kept &+ group)
                                                two += eight(from, kept &+ group &+ 8)
                                            }
                                            let target = 4 &* (out.offset(x, y) &+ group)
                                            to.storeBytes(of: one, toByteOffset: target, as: SIMD8<Float>.self)
                                            to.storeBytes(of: two, toByteOffset: target &+ 32, as: SIMD8<Float>.self)
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }

        /// What the filters make of the pixels from `start` on, to `middle`.
        @inline(__always)
        private func filter(
            _ weights: UnsafeRawBufferPointer, _ biases: Int, _ from: UnsafeRawBufferPointer, _ start: Int,
            _ shape: Shape, _ middle: UnsafeMutableRawBufferPointer
        ) {
            let channels = shape.channels
            if channels == 8 {
                var sum = eight(weights, biases)
                var next = 0
                for down in 0..<reach {
                    let at = start &+ down &* shape.stride &* channels
                    for pixel in stride(from: at, to: at &+ reach &* channels, by: channels) {
                        sum += eight(weights, next) * eight(from, pixel)
                        next &+= channels
                    }
                }
                return middle.storeBytes(of: sum, toByteOffset: 0, as: SIMD8<Float>.self)
            }
            // Two sums at once, which do not wait for one another.
            for group in stride(from: 0, to: channels, by: 16) {
                var (one, two) = (eight(weights, biases &+ group), eight(weights, biases &+ group &+ 8))
                var next = group
                for down in 0..<reach {
                    let at = start &+ down &* shape.stride &* channels &+ group
                    for pixel in stride(from: at, to: at &+ reach &* channels, by: channels) {
                        one += eight(weights, next) * eight(from, pixel)
                        two += eight(weights, next &+ 8) * eight(from, pixel &+ 8)
                        next &+= channels
                    }
                }
                middle.storeBytes(of: one, toByteOffset: 4 &* group, as: SIMD8<Float>.self)
                middle.storeBytes(of: two, toByteOffset: 4 &* group &+ 32, as: SIMD8<Float>.self)
            }
        }

        @inline(__always)
        private func eight(_ values: UnsafeRawBufferPointer, _ index: Int) -> SIMD8<Float> {
            values.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD8<Float>.self)
        }
    }
}

extension SIMD8<Float> {
    /// With zeros for what is negative.
    @inline(__always)
    fileprivate var positive: Self { replacing(with: Self(repeating: 0), where: self .< Self(repeating: 0)) }
}

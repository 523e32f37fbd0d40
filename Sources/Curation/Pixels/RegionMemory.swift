import DICOMImaging

/// What was decided about regions of an object whose pixels come again: the banner of a clip is read once.
struct RegionMemory {
    struct Key: Hashable {
        let rectangle: PixelRectangle
        let pixels: Int

        init(_ image: GrayImage, _ region: TextRegion) {
            rectangle = region.rectangle
            var hasher = Hasher()
            let box = region.rectangle
            for row in box.top..<max(box.bottom, box.top) {
                let start = row * image.width + box.left
                guard start >= 0, start + box.width <= image.pixels.count, box.width > 0 else { continue }
                // The range was checked against the number of pixels.
                image.pixels[start..<start + box.width].withUnsafeBytes { hasher.combine(bytes: $0) }
            }
            pixels = hasher.finalize()
        }
    }

    private var decided: [Key: PixelRectangle?] = [:]

    subscript(key: Key) -> PixelRectangle?? {
        get { decided[key] }
        set { if decided.count < 4_096 { decided[key] = newValue } }
    }
}

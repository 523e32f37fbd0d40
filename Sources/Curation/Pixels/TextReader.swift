import CTesseract
public import DICOMImaging
import Synchronization

/// A word that was read from pixels.
public struct RecognisedWord: Sendable, Equatable {
    public let text: String
    /// From 0 to 100.
    public let confidence: Double
    /// In pixels of the frame.
    public let rectangle: PixelRectangle

    /// Letters and digits in it.
    var characters: Int { text.unicodeScalars.count { $0.properties.isAlphabetic || (0x30...0x39).contains($0.value) } }
}

/// Why text cannot be read.
public struct TextReaderError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
}

/// Reads text in pictures, with Tesseract. An engine serves one thread at a time; as many are made as are used at once.
public final class TextReader: Sendable {
    private let languages: String
    private let idle = Mutex<[Engine]>([])

    /// Milliseconds for a region, at most.
    private static let patience: Int32 = 4_000

    /// - Parameter languages: names of Tesseract's data, such as "eng"; each needs its package (`tesseract-ocr-deu`).
    public init(languages: [String] = ["eng"]) throws(TextReaderError) {
        self.languages = languages.joined(separator: "+")
        let engine = try Engine(self.languages)
        idle.withLock { $0.append(engine) }
    }

    /// The words in a region, in the order in which they are read. Text that runs from top to bottom is read both ways.
    ///
    /// - Returns: nil where it could not be read at all, in time or otherwise: then nothing is known of what is there.
    public func read(_ image: GrayImage, in region: TextRegion) -> [RecognisedWord]? {
        guard let engine = take() else { return nil }
        defer { idle.withLock { $0.append(engine) } }
        let crop = RegionCrop(image, region)
        if !region.isVertical { return engine.read(crop, patience: Self.patience) }
        let readings = [crop.turned(clockwise: true), crop.turned(clockwise: false)].map {
            engine.read($0, patience: Self.patience)
        }
        return readings.compactMap(\.self).max { Self.weight($0) < Self.weight($1) }
    }

    private static func weight(_ words: [RecognisedWord]) -> Double {
        words.reduce(0) { $0 + $1.confidence * Double($1.characters) }
    }

    private func take() -> Engine? {
        if let engine = idle.withLock({ $0.popLast() }) { return engine }
        // The first was made at the start, so this one can be made too.
        return try? Engine(languages)
    }

    /// One of Tesseract's. Used by one thread at a time, which is what makes it safe to hand over.
    private final class Engine: @unchecked Sendable {
        private let handle: OpaquePointer

        init(_ languages: String) throws(TextReaderError) {
            guard let handle = TessBaseAPICreate() else {
                throw TextReaderError(description: "Tesseract, which reads text in pixels, could not be started")
            }
            // Of several languages Tesseract is content with one, and says so to nobody.
            let isReady = TessBaseAPIInit3(handle, nil, languages) == 0
            let missing = languages.split(separator: "+").filter {
                !isReady || !Self.loaded(handle).contains(String($0))
            }
            guard isReady, missing.isEmpty else {
                TessBaseAPIDelete(handle)
                throw TextReaderError(
                    description: """
                        Tesseract, which reads text in pixels, has no data for \(missing.joined(separator: ", ")): install it \
                        (Debian: the package tesseract-ocr-LANGUAGE), or name other languages
                        """)
            }
            // Only now: whatever throws after this would have the engine ended twice.
            self.handle = handle
            _ = TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
            TessBaseAPISetPageSegMode(handle, PSM_SINGLE_BLOCK)
        }

        private static func loaded(_ handle: OpaquePointer) -> Set<String> {
            guard let names = TessBaseAPIGetLoadedLanguagesAsVector(handle) else { return [] }
            defer { TessDeleteTextArray(names) }
            var loaded: Set<String> = []
            // An array of C strings that ends with a null.
            var index = 0
            while let name = names[index] {
                loaded.insert(String(cString: name))
                index += 1
            }
            return loaded
        }

        deinit {
            TessBaseAPIEnd(handle)
            TessBaseAPIDelete(handle)
        }

        func read(_ crop: RegionCrop, patience: Int32) -> [RecognisedWord]? {
            let image = crop.image
            // Tesseract copies the `width * height` bytes, of which GrayImage has exactly as many.
            image.pixels.withUnsafeBufferPointer { bytes in
                TessBaseAPISetImage(
                    handle, bytes.baseAddress, Int32(image.width), Int32(image.height), 1, Int32(image.width))
            }
            TessBaseAPISetSourceResolution(handle, 200)
            defer { TessBaseAPIClear(handle) }
            let monitor = TessMonitorCreate()
            defer { TessMonitorDelete(monitor) }
            TessMonitorSetDeadlineMSecs(monitor, patience)
            guard TessBaseAPIRecognize(handle, monitor) == 0, let iterator = TessBaseAPIGetIterator(handle) else {
                return []
            }
            defer { TessResultIteratorDelete(iterator) }
            let pages = TessResultIteratorGetPageIterator(iterator)
            var words: [RecognisedWord] = []
            repeat {
                guard let text = TessResultIteratorGetUTF8Text(iterator, RIL_WORD) else { continue }
                defer { TessDeleteText(text) }
                var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
                TessPageIteratorBoundingBox(pages, RIL_WORD, &left, &top, &right, &bottom)
                words.append(
                    RecognisedWord(
                        text: String(cString: text),
                        confidence: Double(TessResultIteratorConfidence(iterator, RIL_WORD)),
                        rectangle: crop.inFrame(
                            PixelRectangle(left: Int(left), top: Int(top), right: Int(right), bottom: Int(bottom)))))
            } while TessResultIteratorNext(iterator, RIL_WORD) != 0 && words.count < 1_000
            return words
        }
    }
}

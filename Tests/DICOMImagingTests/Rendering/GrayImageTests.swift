import DICOMImaging
import Testing

@Suite("A grey picture")
struct GrayImageTests {
    @Test("has as many pixels as its size says, or is none")
    func size() {
        #expect(GrayImage(width: 2, height: 3, pixels: [UInt8](repeating: 0, count: 6)) != nil)
        #expect(GrayImage(width: 2, height: 3, pixels: [UInt8](repeating: 0, count: 5)) == nil)
        #expect(GrayImage(width: 0, height: 3, pixels: []) == nil)
        #expect(GrayImage(width: .max, height: .max, pixels: []) == nil)
    }
}

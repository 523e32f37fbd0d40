import DICOM
import DICOMImaging

extension DataSet {
    /// Where an ultrasound object has its pictures, by its own Sequence of Ultrasound Regions (PS3.3 C.8.5.5); what lies
    /// outside is the banner. Empty where the object does not say.
    var ultrasoundRegions: [PixelRectangle] {
        guard let sequence = self[Tag(0x0018, 0x6011)] else { return [] }
        return sequence.items.compactMap { item in
            guard let left = item[Tag(0x0018, 0x6018)]?.int, let top = item[Tag(0x0018, 0x601A)]?.int,
                let right = item[Tag(0x0018, 0x601C)]?.int, let bottom = item[Tag(0x0018, 0x601E)]?.int,
                left >= 0, top >= 0, right > left, bottom > top, right < 65536, bottom < 65536
            else { return nil }
            return PixelRectangle(left: left, top: top, right: right + 1, bottom: bottom + 1)
        }
    }
}

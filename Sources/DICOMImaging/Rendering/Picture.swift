/// Pictures for people and web pages: PNG and JPEG files.
public enum Picture {
    /// A PNG file; empty only if there is no memory for one.
    public static func png(_ image: GrayImage) -> [UInt8] {
        PNGEncoder.encode(image.pixels, width: image.width, height: image.height, samples: 1) ?? []
    }

    /// A PNG file of red, green and blue, three bytes a pixel; nil where there are not as many as the size says.
    public static func png(rgb: [UInt8], width: Int, height: Int) -> [UInt8]? {
        PNGEncoder.encode(rgb, width: width, height: height, samples: 3)
    }

    /// A JPEG file, of quality 1 to 100; nil where the image has more than 65,535 rows or columns.
    public static func jpeg(_ image: GrayImage, quality: Int = 80) -> [UInt8]? {
        TurboJPEG.compress(
            image.pixels, width: image.width, height: image.height, samples: 1, quality: quality, fullColour: false)
    }

    /// A JPEG file of red, green and blue; nil also where there are not as many bytes as the size says.
    public static func jpeg(rgb: [UInt8], width: Int, height: Int, quality: Int = 80) -> [UInt8]? {
        TurboJPEG.compress(rgb, width: width, height: height, samples: 3, quality: quality, fullColour: false)
    }
}

extension GrayImage {
    /// The picture made smaller to fit a square, its proportions kept: each pixel is the mean of those it stands for. A
    /// picture that fits already stays as it is.
    public func scaled(toFit side: Int) -> GrayImage {
        let longest = max(width, height)
        guard side > 0, longest > side else { return self }
        return scaled(width: max(1, width * side / longest), height: max(1, height * side / longest))
    }

    /// The picture in another size, not larger than it is in either direction: area means.
    public func scaled(width newWidth: Int, height newHeight: Int) -> GrayImage {
        let (newWidth, newHeight) = (max(1, min(newWidth, width)), max(1, min(newHeight, height)))
        var result = [UInt8](repeating: 0, count: newWidth * newHeight)
        let columns = (0...newWidth).map { $0 * width / newWidth }
        var sums = [Int](repeating: 0, count: newWidth)
        for y in 0..<newHeight {
            let rows = y * height / newHeight..<(y + 1) * height / newHeight
            for index in sums.indices { sums[index] = 0 }
            for row in rows {
                for x in 0..<newWidth {
                    var sum = 0
                    for column in columns[x]..<columns[x + 1] { sum += Int(pixels[row * width + column]) }
                    sums[x] += sum
                }
            }
            for x in 0..<newWidth {
                let area = rows.count * (columns[x + 1] - columns[x])
                result[y * newWidth + x] = UInt8(truncatingIfNeeded: (sums[x] + area / 2) / area)
            }
        }
        return GrayImage(unchecked: newWidth, newHeight, result)
    }
}

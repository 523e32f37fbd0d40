// pixels FOLDER [--read]: looks for text in the frames of FOLDER (PGM, and frames.tsv as make_frames.py writes it) with one
// thread. Prints how many frames a second that is, how often text is found by size, contrast, angle and ground, and how
// often something is taken for text that is none. --read: with OCR and the decision what is covered.

import Curation
import DICOMImaging
import Foundation

struct Sample {
    let file: String
    let ground: String
    /// nil for a frame without text.
    let text: PixelRectangle?
    let size, contrast, angle, face: String

    init?(_ line: Substring) {
        let fields = line.split(separator: "\t").map(String.init)
        guard fields.count >= 2 else { return nil }
        (file, ground) = (fields[0], fields[1])
        guard fields.count >= 10, let left = Int(fields[2]), let top = Int(fields[3]), let right = Int(fields[4]),
            let bottom = Int(fields[5])
        else {
            text = nil
            (size, contrast, angle, face) = ("", "", "", "")
            return
        }
        text = PixelRectangle(left: left, top: top, right: right, bottom: bottom)
        (size, contrast, angle, face) = (fields[6], fields[7], fields[8], fields[9])
    }
}

func picture(_ path: String) -> GrayImage? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    // P5, width, height, 255: each ends with one white space.
    var (numbers, at) = ([Int](), 2)
    while numbers.count < 3, at < data.count {
        while at < data.count, data[at] <= 32 { at += 1 }
        let start = at
        while at < data.count, data[at] > 32 { at += 1 }
        guard let number = Int(String(decoding: data[start..<at], as: UTF8.self)) else { return nil }
        numbers.append(number)
    }
    guard numbers.count == 3 else { return nil }
    return GrayImage(width: numbers[0], height: numbers[1], pixels: Array(data[(at + 1)...]))
}

/// The share of a box that rectangles cover.
func share(of box: PixelRectangle, in rectangles: [PixelRectangle]) -> Double {
    var inside = [Bool](repeating: false, count: max(box.width * box.height, 1))
    for rectangle in rectangles {
        for y in max(rectangle.top, box.top)..<max(min(rectangle.bottom, box.bottom), max(rectangle.top, box.top)) {
            for x in max(rectangle.left, box.left)..<max(min(rectangle.right, box.right), max(rectangle.left, box.left))
            {
                inside[(y - box.top) * box.width + x - box.left] = true
            }
        }
    }
    return Double(inside.count { $0 }) / Double(inside.count)
}

/// Seconds that this thread had a processor for: other programs on the machine do not count.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

struct Score {
    var found = 0
    var all = 0
    var text: String {
        String(format: "%6d/%-6d %7.2f %%", found, all, 100 * Double(found) / Double(max(all, 1)))
    }
}

let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first(where: { !$0.hasPrefix("--") }),
    let list = try? String(contentsOfFile: folder + "/frames.tsv", encoding: .utf8)
else {
    print("usage: pixels FOLDER [--read]")
    exit(2)
}
let samples = list.split(separator: "\n").compactMap { Sample($0) }
let finder = arguments.contains("--read") ? try TextFinder() : nil
let least = arguments.first { $0.hasPrefix("--least=") }.flatMap { Double($0.dropFirst(8)) }
let triage = TextTriage(least: least ?? 0.5)
var tables: [String: [String: Score]] = [:]
var (whole, falseFrames) = (Score(), Score())
var (falseArea, freeArea) = (0.0, 0.0)
var falseByGround: [String: Score] = [:]
var (lookedAt, square) = (0.0, 0.0)
var squares = 0
for sample in samples {
    guard let image = picture(folder + "/" + sample.file) else {
        print("\(sample.file): cannot be read")
        exit(1)
    }
    let started = processorTime()
    let boxes = finder.map { $0.text(in: image) } ?? triage.regions(in: image).map(\.rectangle)
    let took = processorTime() - started
    lookedAt += took
    if image.width == 512, image.height == 512 {
        squares += 1
        square += took
    }
    guard let text = sample.text else {
        freeArea += Double(image.width * image.height)
        falseFrames.all += 1
        falseByGround[sample.ground, default: Score()].all += 1
        if !boxes.isEmpty {
            falseFrames.found += 1
            falseByGround[sample.ground, default: Score()].found += 1
            let frame = PixelRectangle(left: 0, top: 0, right: image.width, bottom: image.height)
            falseArea += share(of: frame, in: boxes) * Double(image.width * image.height)
            if arguments.contains("--list") { print("false\t\(sample.file)\t\(sample.ground)\t\(boxes)") }
        }
        continue
    }
    let isFound = share(of: text, in: boxes) >= 0.9
    if !isFound, arguments.contains("--list") {
        print(
            "missed\t\(sample.file)\t\(sample.ground)\t\(sample.size)\t\(sample.contrast)\t\(sample.angle)\t\(sample.face)\t\(text)\t\(boxes)"
        )
    }
    whole.all += 1
    whole.found += isFound ? 1 : 0
    for (table, row) in [
        ("size", sample.size), ("contrast", sample.contrast), ("angle", sample.angle), ("face", sample.face),
        ("ground", sample.ground),
    ] {
        tables[table, default: [:]][row, default: Score()].all += 1
        tables[table, default: [:]][row, default: Score()].found += isFound ? 1 : 0
    }
}
print(
    "frames a second and core: \(Int(Double(samples.count) / max(lookedAt, 1e-9))); of 512 × 512: \(Int(Double(squares) / max(square, 1e-9)))"
)
print("text covered (90 % of its box): \(whole.text)")
for (table, rows) in tables.sorted(by: { $0.key < $1.key }) {
    print("  by \(table)")
    for (row, score) in rows.sorted(by: { (Int($0.key) ?? 0, $0.key) < (Int($1.key) ?? 0, $1.key) }) {
        print("    \(row.padding(toLength: 26, withPad: " ", startingAt: 0)) \(score.text)")
    }
}
print("frames without text in which something is found: \(falseFrames.text)")
for (ground, score) in falseByGround.sorted(by: { $0.key < $1.key }) {
    print("    \(ground.padding(toLength: 26, withPad: " ", startingAt: 0)) \(score.text)")
}
print(String(format: "  share of their area: %.3f %%", 100 * falseArea / max(freeArea, 1)))

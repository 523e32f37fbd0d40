public import DICOM
public import DICOMImaging

/// What is wrong with a file of region rules, where, and what to write instead.
public struct RegionRulesError: Error, Equatable, Sendable, CustomStringConvertible {
    /// From 1; nil where it concerns the whole file.
    public let line: Int?
    public let message: String

    public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

/// Places that are covered in every frame of the objects that a rule is for: where a scanner writes names, as a site knows.
///
/// ```yaml
/// rules:
///   - modality: US
///     manufacturer: "Acme*"
///     model: "Sono 3*"
///     rows: 768
///     columns: 1024
///     cover:
///       - { top: 0, height: 60 }
///       - { left: -200, top: 60, height: 40 }
/// ```
/// All conditions of a rule must hold; those that are left out hold always. Text is compared without regard to case, `*`
/// stands for anything. Places are in pixels; negative ones count from the right or bottom edge; what is left out goes from
/// edge to edge.
public struct RegionRules: Sendable, Equatable {
    let rules: [RegionRule]

    /// No rules.
    public static let none = RegionRules(rules: [])

    init(rules: [RegionRule]) {
        self.rules = rules
    }

    /// The places that are covered in an object's frames, clipped to them.
    public func regions(for dataSet: DataSet) -> [PixelRectangle] {
        guard let rows = dataSet[.rows]?.int, let columns = dataSet[.columns]?.int, rows > 0, columns > 0 else {
            return []
        }
        let frame = PixelRectangle(left: 0, top: 0, right: columns, bottom: rows)
        return rules.filter { $0.isFor(dataSet, rows: rows, columns: columns) }
            .flatMap { $0.cover.map { $0.rectangle(rows: rows, columns: columns).clipped(to: frame) } }
            .filter { !$0.isEmpty }
    }
}

struct RegionRule: Sendable, Equatable {
    var texts: [Condition: String] = [:]
    var rows: Int?
    var columns: Int?
    var cover: [Place] = []

    /// Attributes that a rule may ask for.
    enum Condition: String, CaseIterable {
        case modality, manufacturer, model
        case sopClass = "sop class"

        var tag: Tag {
            switch self {
            case .modality: Tag(0x0008, 0x0060)
            case .manufacturer: Tag(0x0008, 0x0070)
            case .model: Tag(0x0008, 0x1090)
            case .sopClass: .sopClassUID
            }
        }
    }

    struct Place: Sendable, Equatable {
        var left = 0
        var top = 0
        var width: Int?
        var height: Int?

        func rectangle(rows: Int, columns: Int) -> PixelRectangle {
            // Numbers of a rule are at most a million, sizes 65535: no overflow.
            let (x, y) = (left < 0 ? columns + left : left, top < 0 ? rows + top : top)
            return PixelRectangle(
                left: x, top: y, right: width.map { x + $0 } ?? columns, bottom: height.map { y + $0 } ?? rows)
        }
    }

    func isFor(_ dataSet: DataSet, rows: Int, columns: Int) -> Bool {
        guard self.rows.map({ $0 == rows }) ?? true, self.columns.map({ $0 == columns }) ?? true else { return false }
        return texts.allSatisfy { condition, pattern in
            let element = dataSet[condition.tag]
            let value = condition == .sopClass ? element?.uid : element?.string
            return Self.matches(Array((value ?? "").lowercased()), Array(pattern.lowercased()))
        }
    }

    /// Whether text has the form of a pattern in which `*` stands for anything.
    static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        var (at, place) = (0, 0)
        var star: (place: Int, at: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == text[at] {
                at += 1
                place += 1
            } else if let last = star {
                // The star takes one more.
                star = (last.place, last.at + 1)
                (place, at) = (last.place + 1, last.at + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}

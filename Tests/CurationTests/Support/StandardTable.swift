import DICOM
import Foundation
import Testing

/// The standard's own table E.1-1 as JSON, beside the project: what the profile is compared with.
enum StandardTable {
    struct Row: Sendable, CustomTestStringConvertible {
        /// As the JSON has it: "00100010", "60xx3000", "ggggeeee-where-gggg-is-odd".
        let id: String
        let name: String
        let action: String
        let options: [String: String]
        let vr: VR

        var testDescription: String { "\(id) \(name): \(action)" }

        /// The attribute, or one that the row covers.
        var tag: DICOMTag? {
            id.hasPrefix("gggg")
                ? DICOMTag(0x0029, 0x1010) : DICOMTag(hex: id.replacing("xx", with: "02").replacing("x", with: "0"))
        }
    }

    static let folder =
        (ProcessInfo.processInfo.environment["ATLES_SHARED"] ?? "../shared") + "/data/dicom"

    static let isThere = FileManager.default.fileExists(atPath: folder + "/confidentiality_profile_attributes.json")

    static let rows: [Row] = {
        guard let table = load("confidentiality_profile_attributes.json"), let attributes = load("attributes.json")
        else {
            return []
        }
        var vrs: [String: String] = [:]
        for attribute in attributes {
            if let id = attribute["id"], let vr = attribute["valueRepresentation"] { vrs[id.lowercased()] = vr }
        }
        return table.compactMap { row in
            guard let id = row["id"], let name = row["name"], let action = row["basicProfile"] else { return nil }
            // Private attributes and old curves have no VR of their own.
            let vr = VR(String((vrs[id.lowercased()] ?? "LO").prefix(2))) ?? .lo
            return Row(
                id: id, name: name, action: action, options: row.filter { $0.key.hasSuffix("Opt") }, vr: vr)
        }
    }()

    private static func load(_ name: String) -> [[String: String]]? {
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
        return try? JSONDecoder().decode([[String: String]].self, from: data)
    }
}

import Catalogue
import Cohort
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Node

/// A node with patients of one series each, asked over the path that questions of the federation take.
struct AttackedSite {
    /// Who is there: so many patients with these values.
    struct Group {
        var count: Int
        var sex: String?
        var modality: String
        var manufacturer: String
        var bodyPart: String
        var age: Double
    }

    let folder: NodeFolder
    let index: Index
    private let place: TemporaryFolder
    private let configuration: NodeConfiguration
    private(set) var task: CountTask

    init(_ groups: [Group], disclosure: String = "threshold: 5") throws {
        place = TemporaryFolder("attacked")
        folder = NodeFolder(place.path)
        index = try Index.open(path: folder.index)
        configuration = try NodeConfiguration(yaml: "title: Attacked\ndisclosure:\n  \(disclosure)\n")
        task = try Self.task(folder, index, configuration)
        try add(groups)
    }

    private static func task(
        _ folder: NodeFolder, _ index: Index, _ configuration: NodeConfiguration
    ) throws -> CountTask {
        CountTask(
            index: index, configuration: configuration,
            disclosure: DisclosureGuard(
                store: try DisclosureStore.open(path: folder.disclosure), rule: configuration.disclosure,
                memory: configuration.memory, noiseKey: Array(repeating: 3, count: 32), clock: .system))
    }

    /// A new process of the same node.
    mutating func restart() throws { task = try Self.task(folder, index, configuration) }

    func add(_ groups: [Group]) throws {
        var number = try index.totals().images
        var records: [InstanceRecord] = []
        for group in groups {
            for _ in 0..<group.count {
                number += 1
                let digits = String(number, radix: 16)
                var record = InstanceRecord(
                    patientID: "P\(number)", studyUID: "1.\(number)", seriesUID: "1.\(number).1",
                    sopInstanceUID: "2.25.\(number)", sopClassUID: "1.2.840.10008.5.1.4.1.1.2",
                    digest: String(repeating: "0", count: 64 - digits.count) + digits, size: 1,
                    source: SourceKey(path: "/\(number)", size: 1, modified: 1, key: Array(repeating: 7, count: 32)))
                (record.sex, record.modality, record.manufacturer) = (group.sex, group.modality, group.manufacturer)
                (record.bodyPart, record.ageYears) = (group.bodyPart, group.age)
                records.append(record)
            }
        }
        _ = try index.add(records)
    }

    func ask(_ text: String, by caller: String = "hub") async throws -> SiteAnswer {
        let payload = try CohortQuery(text: text).json()
        return try JSONDecoder().decode(
            SiteAnswer.self, from: Data(try await task.answer(payload, for: Asker(caller: caller))))
    }

    func patients(_ text: String) async throws -> ProtectedCount {
        try #require(try await ask(text).counts).patients
    }
}

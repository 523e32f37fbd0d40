import FoundationEssentials
public import Runtime

/// Who decides at this site: the node's own list of members and their public keys, in a file at the node.
///
/// Nothing that comes from the federation changes it, and no other key counts.
public struct Committee: Sendable, Hashable, Codable {
    public private(set) var members: [CommitteeMember]

    public static let empty = Committee(unchecked: [])

    private init(unchecked members: [CommitteeMember]) { self.members = members }

    /// - Throws: ``PermitError/alreadyAMember`` where a person or a key is there twice: one person must not count as two.
    public init(_ members: [CommitteeMember]) throws(PermitError) {
        guard Set(members.map(\.person)).count == members.count, Set(members.map(\.key)).count == members.count else {
            throw .alreadyAMember
        }
        self.init(unchecked: members.sorted { $0.person < $1.person })
    }

    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.container(keyedBy: CodingKeys.self).decode([CommitteeMember].self, forKey: .members))
    }

    public func member(_ person: PersonID) -> CommitteeMember? { members.first { $0.person == person } }

    public mutating func add(_ member: CommitteeMember) throws(PermitError) {
        self = try Committee(members + [member])
    }

    /// Takes a member off the list, and with them every signature of theirs.
    public mutating func remove(_ person: PersonID) throws(PermitError) {
        guard member(person) != nil else { throw .notAMember }
        members.removeAll { $0.person == person }
    }

    // MARK: The file

    /// The list at `path`; empty where there is none.
    public static func read(_ path: String, in files: any FileSystem) throws(PermitError) -> Committee {
        do {
            guard try files.exists(path) else { return .empty }
            let bytes = try SecretFile.read(path, in: files)
            return try JSONDecoder().decode(Committee.self, from: Data(bytes))
        } catch let error as FileError {
            throw .file(error)
        } catch let error as SecretError {
            throw .secret(error)
        } catch {
            throw .unreadable(path: path)
        }
    }

    public func write(_ path: String, in files: any FileSystem) throws(PermitError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(self) else { throw .unreadable(path: path) }
        do { try SecretFile.write([UInt8](bytes), to: path, in: files) } catch { throw .file(error) }
    }
}

/// A member of a site's access committee.
public struct CommitteeMember: Sendable, Hashable, Codable {
    public let person: PersonID
    /// As it stands under decisions.
    public let name: String
    public let key: VerifyingKey

    public init(person: PersonID, name: String, key: VerifyingKey) {
        self.person = person
        self.name = name
        self.key = key
    }
}

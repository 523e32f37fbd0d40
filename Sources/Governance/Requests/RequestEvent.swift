public import FoundationEssentials

/// Something that happened to a request. The request is what its events make of it, from the first to the last.
public struct RequestEvent: Sendable, Equatable, Codable {
    /// 1, 2, 3, … within the request.
    public let number: Int
    public let at: Date
    /// Who did it; nil for the clock.
    public let by: PersonID?
    public let name: String
    /// In what capacity.
    public let party: RequestParty
    public let action: RequestAction

    public init(number: Int, at: Date, by: PersonID?, name: String, party: RequestParty, action: RequestAction) {
        self.number = number
        self.at = at
        self.by = by
        self.name = name
        self.party = party
        self.action = action
    }
}

/// Who acts on a request: somebody who is signed in, or the clock.
public enum RequestActor: Sendable, Equatable {
    case person(Person)
    case clock

    var id: PersonID? {
        switch self {
        case .person(let person): person.id
        case .clock: nil
        }
    }

    var name: String {
        switch self {
        case .person(let person): person.name
        case .clock: ""
        }
    }
}

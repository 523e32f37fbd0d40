public import Cohort
public import Federation
public import FoundationEssentials

/// What a task says of itself: under which permit, for whom, what it computes on whom. Everything in it is judged by
/// the node (``TaskGate``) before a row is read.
///
/// One claim covers the messages of one run: ``rounds`` of them, each at the cost ``cost``.
public struct TaskClaim: Sendable, Hashable, Codable {
    /// The run's identifier.
    public var id: MessageID
    public var permit: PermitID
    /// The data user for whom it is done.
    public var holder: PersonID
    public var purpose: EHDSPurpose
    public var computation: ComputationReference
    public var dataSets: [String]
    /// Whose data; nil for everybody whom the permit allows.
    public var cohort: CohortQuery?
    public var outputs: [OutputKind]
    /// Stricter thresholds than the permit's, where the asker wants them.
    public var thresholds: PermitThresholds?
    /// What each round costs of the permit's budget; nil where no noise is added.
    public var cost: PrivacyBudget?
    /// Messages under this claim, at most.
    public var rounds: Int
    /// The compute node that is to do the work; nil for the site itself.
    public var place: SiteID?
    /// The last moment for messages under this claim.
    public var until: PermitTime
    /// The data user's own signature over ``canonical(at:of:)``.
    public var signature: Data?

    public init(
        id: MessageID, permit: PermitID, holder: PersonID, purpose: EHDSPurpose, computation: ComputationReference,
        dataSets: [String], cohort: CohortQuery? = nil, outputs: [OutputKind], thresholds: PermitThresholds? = nil,
        cost: PrivacyBudget? = nil, rounds: Int = 1, place: SiteID? = nil, until: PermitTime, signature: Data? = nil
    ) {
        self.id = id
        self.permit = permit
        self.holder = holder
        self.purpose = purpose
        self.computation = computation
        self.dataSets = dataSets
        self.cohort = cohort
        self.outputs = outputs
        self.thresholds = thresholds
        self.cost = cost
        self.rounds = rounds
        self.place = place
        self.until = until
        self.signature = signature
    }

    /// Label `atles-task-claim-1`, federation, site, then the fields in the order in which they are declared.
    func canonical(at site: SiteID, of federation: String) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-task-claim-1")
        out.append(federation)
        out.append(site.text)
        out.append(id.text)
        out.append(permit.text)
        out.append(holder.text)
        out.append(purpose.rawValue)
        out.append(computation.name)
        out.append(computation.version)
        out.append(computation.hash.bytes)
        out.append(texts: dataSets)
        out.append(cohort.map { String(decoding: $0.json(), as: UTF8.self) })
        out.append(texts: outputs.map(\.rawValue))
        out.append(thresholds == nil ? "none" : "thresholds")
        out.append(Int64(thresholds?.smallestCell ?? 0))
        out.append(Int64(thresholds?.rounding ?? 0))
        out.append(Int64(thresholds?.smallestCohort ?? 0))
        out.append(cost == nil ? "none" : "cost")
        out.append(cost?.epsilonMillionths ?? 0)
        out.append(cost?.deltaQuadrillionths ?? 0)
        out.append(Int64(rounds))
        out.append(place?.text)
        out.append(until.seconds)
        return out.bytes
    }

    /// Signs the claim with the data user's key, for one site.
    public mutating func sign(with key: MemberKey, at site: SiteID, of federation: String) throws(PermitError) {
        signature = Data(try key.sign(canonical(at: site, of: federation)))
    }
}

/// What the federation layer has proved of the message in which a claim came.
public struct TaskOrigin: Sendable, Hashable {
    public let message: MessageID
    /// The party that signed it.
    public let sender: SiteID

    public init(message: MessageID, sender: SiteID) {
        self.message = message
        self.sender = sender
    }

    public init(_ message: IncomingMessage) {
        self.init(message: message.id, sender: message.sender)
    }
}

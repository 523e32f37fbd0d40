import Federation
import FoundationEssentials
import Runtime

/// A request as the BBMRI-ERIC Negotiator's interface tells one, for programs that speak it.
public struct NegotiatorNegotiation: Sendable, Equatable, Encodable {
    public struct Resource: Sendable, Equatable, Encodable {
        public var id: String
        public var currentState: NegotiatorResourceState
        /// Our own name of the state: where theirs has fewer words.
        public var atlesState: SiteState
        public var dataSets: [String]
    }

    public struct Step: Sendable, Equatable, Encodable {
        public var triggeredBy: String
        public var timestamp: String
        /// A site, or nil for the negotiation as a whole.
        public var resource: String?
        /// The Negotiator's event.
        public var event: String
    }

    public var id: String
    public var displayId: String
    public var status: NegotiatorState
    public var atlesState: RequestState
    public var humanReadable: String
    public var creationDate: String
    public var modifiedDate: String
    public var resources: [Resource]
    /// What the Negotiator has events for.
    public var timeline: [Step]
    public var publicPostsEnabled: Bool
    public var privatePostsEnabled: Bool

    public init(_ request: AccessRequest, events: [RequestEvent]) {
        id = request.id
        displayId = String(request.id.prefix(8))
        status = request.state.negotiator
        atlesState = request.state
        humanReadable = request.query
        creationDate = Timestamp.text(request.created)
        modifiedDate = Timestamp.text(request.lastChange)
        resources = request.sites.map {
            Resource(
                id: $0.site.description, currentState: $0.state.negotiator, atlesState: $0.state, dataSets: $0.dataSets)
        }
        timeline = events.compactMap { event in
            let who = event.by == nil ? "system" : event.name
            let moment = Timestamp.text(event.at)
            if case .site(let site, let action) = event.action {
                return action.verb.negotiator.map {
                    Step(triggeredBy: who, timestamp: moment, resource: site.description, event: $0.rawValue)
                }
            }
            return event.action.verb?.negotiator.map {
                Step(triggeredBy: who, timestamp: moment, resource: nil, event: $0.rawValue)
            }
        }
        publicPostsEnabled = request.state != .draft
        privatePostsEnabled = request.state == .inReview || request.state == .paused || request.state == .concluded
    }
}

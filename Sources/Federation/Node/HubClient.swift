import FoundationEssentials
import Runtime

/// Asks the hub, and believes only answers that carry the hub's signature for this very request.
struct HubClient: Sendable {
    let site: SiteID
    let hub: String
    let anchor: TrustAnchor
    let keys: PartyKeys
    let clock: WallClock
    let random: RandomSource
    let transport: any HubTransport

    /// What came back, with the hub's certificate that vouches for it.
    struct Answer<Body: Sendable>: Sendable {
        let body: Body
        let hubCertificate: [UInt8]
    }

    func ask<Body: Decodable & Sendable>(
        _ action: SignedRequest.Action, _ body: some Encodable, for type: Body.Type, patience: Duration
    ) async throws(FederationError) -> Answer<Body> {
        let nonce = MessageID(random: random)
        let issued = Moment(clock.now)
        let bytes: [UInt8]
        do {
            let request = try SignedRequest(
                federation: anchor.federation, site: site, action: action, issued: issued, nonce: nonce,
                body: try WireJSON.encode(body), keys: keys)
            bytes = try WireJSON.encode(request)
        } catch let error as FederationError {
            throw error
        } catch {
            throw .cryptography("a request could not be written")
        }
        let answer = try await transport.post(action, bytes, patience: patience)
        guard let response = try? WireJSON.decode(SignedResponse.self, from: answer) else {
            throw .untrusted(hub: hub, why: "its answer is not one of a hub of Atles")
        }
        let content = try await verify(response, nonce: nonce, issued: issued)
        guard let value = try? WireJSON.decode(Body.self, from: [UInt8](content)) else {
            throw .untrusted(hub: hub, why: "its answer does not hold what was asked for")
        }
        return Answer(body: value, hubCertificate: [UInt8](response.certificate))
    }

    private func verify(
        _ response: SignedResponse, nonce: MessageID, issued: Moment
    ) async throws(FederationError) -> Data {
        let content: Data
        do {
            content = try await response.verify(nonce: nonce, by: anchor, at: clock.now)
        } catch {
            // A hub that could not read the request does not know its nonce. Nothing follows from such an answer but
            // that this request failed, so it needs no proof.
            if response.nonce.isEmpty, let refusal = response.refusal,
                [.malformed, .tooLarge, .unavailable].contains(refusal.reason)
            {
                throw .refused(Refusal(refusal.reason))
            }
            switch error {
            case .notYetValid, .expired:
                // Most likely our own clock: the hub renews its certificates long before their end.
                throw .refused(
                    Refusal(.clockSkew, theirClock: response.issued.milliseconds, ourClock: issued.milliseconds))
            case .unreadable, .otherAuthority, .otherParty:
                throw .untrusted(hub: hub, why: error.description)
            }
        }
        if let refusal = response.refusal { throw .refused(refusal) }
        return content
    }
}

/// The way to a hub: one request, one answer. The real one is HTTPS; tests hand the bytes to a hub directly.
protocol HubTransport: Sendable {
    /// - Parameter patience: how long the answer may take.
    func post(_ action: SignedRequest.Action, _ bytes: [UInt8], patience: Duration) async throws(FederationError)
        -> [UInt8]
}

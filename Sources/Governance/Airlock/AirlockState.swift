/// Where an output stands on its way out. Pure.
public enum AirlockState: String, Sendable, Codable, CaseIterable {
    /// A member of the committee has to look.
    case waiting
    case released
    /// It has been given to the federation to be carried away.
    case left
    case refused
    /// The permit ended, or was revoked, before it left.
    case withdrawn

    public enum Event: String, Sendable, Codable, CaseIterable {
        case release, refuse, collect, permitEnded

        /// Who may.
        public enum Right: Sendable, Hashable {
            /// A member of the site's committee, with their signature.
            case member
            /// The node itself.
            case node
        }

        public var right: Right {
            switch self {
            case .release, .refuse: .member
            case .collect, .permitEnded: .node
            }
        }
    }

    public var isFinal: Bool { self == .left || self == .refused || self == .withdrawn }

    /// The state after an event; nil where it cannot happen now.
    public func after(_ event: Event) -> AirlockState? {
        switch (self, event) {
        case (.waiting, .release): .released
        // Until it has left, a member can think better of it.
        case (.waiting, .refuse), (.released, .refuse): .refused
        case (.released, .collect): .left
        case (.waiting, .permitEnded), (.released, .permitEnded): .withdrawn
        default: nil
        }
    }
}

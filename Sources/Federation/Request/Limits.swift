/// How much one message may be.
enum MessageLimits {
    /// The largest HTTP body that the hub reads.
    static let body = 16 * 1024 * 1024
    /// The largest content of a message: twice in base 64, it still fits into a body.
    static let payload = 8 * 1024 * 1024
    /// Messages in one answer to a poll, and about how many bytes of them.
    static let messagesPerPoll = 64
    static let bytesPerPoll = 8 * 1024 * 1024
    /// Acknowledgements in one poll.
    static let acknowledgements = 1024
}

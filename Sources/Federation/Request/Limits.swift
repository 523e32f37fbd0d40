/// How much one message may be.
enum MessageLimits {
    /// The largest HTTP body that the hub reads.
    static let body = 16 * 1024 * 1024
    /// The largest body of any request but one that hands in a message.
    static let smallBody = 64 * 1024
    /// Bytes of messages that are read at once, in the whole process.
    static let bodies = 256 * 1024 * 1024
    /// The largest content of a message: twice in base 64, it still fits into a body.
    static let payload = 8 * 1024 * 1024
    /// Messages in one answer to a poll, and about how many bytes of them.
    static let messagesPerPoll = 64
    static let bytesPerPoll = 8 * 1024 * 1024
    /// Acknowledgements in one poll.
    static let acknowledgements = 1024
    /// Messages of one site that wait at the hub for their handlers, and their bytes.
    static let waitingMessages = 64
    static let waitingBytes = 32 * 1024 * 1024
    /// Tasks that a node holds, and their bytes: more stays at the hub.
    static let openTasks = 256
    static let openTaskBytes = 64 * 1024 * 1024
}

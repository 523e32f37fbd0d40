import Glibc

/// A short wait of the thread, where nothing can be awaited.
enum Pause {
    static func milliseconds(_ count: UInt32) { _ = usleep(count * 1000) }
}

import Node

/// The progress bar of an intake, drawn over itself at most ten times a second.
final class ProgressLine: Sendable {
    private let isShown: Bool

    init(isShown: Bool) { self.isShown = isShown }

    func show(_ progress: IntakeProgress) {
        if isShown { Terminal.draw(ProgressBar.text(progress, width: Terminal.width)) }
    }

    func clear() {
        if isShown { Terminal.draw("") }
    }
}

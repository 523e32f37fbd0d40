/// An intake's progress as one line of text.
public enum ProgressBar {
    /// At most `width` characters: bar, share, files, rates and time left, as many of them as there is room for.
    public static func text(_ progress: IntakeProgress, width: Int) -> String {
        let share = progress.fraction.map { "\(Int(($0 * 100).rounded(.down))) %" } ?? "…"
        let known = Quantity.count(progress.filesKnown) + (progress.isCountComplete ? "" : "+")
        var parts = [
            "\(Quantity.count(progress.files)) of \(known) files",
            "\(Quantity.rate(progress.filesPerSecond)) files/s",
            "\(Quantity.bytes(Int(progress.bytesPerSecond)))/s",
            progress.secondsLeft.map { "\(Quantity.duration($0)) left" } ?? "",
        ].filter { !$0.isEmpty }
        if progress.quarantined > 0 { parts.insert("\(Quantity.count(progress.quarantined)) set aside", at: 1) }

        let barWidth = 20
        var line =
            bar(progress.fraction ?? 0, width: barWidth) + " " + String(repeating: " ", count: max(5 - share.count, 0))
            + share
        for part in parts where line.count + 2 + part.count <= width { line += "  " + part }
        return line.count <= width ? line : String(share.prefix(max(width, 0)))
    }

    private static func bar(_ fraction: Double, width: Int) -> String {
        let full = min(max(Int(fraction * Double(width)), 0), width)
        return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: width - full) + "]"
    }
}

/// Numbers as people read them.
enum Quantity {
    /// "1,044,191".
    static func count(_ number: Int) -> String {
        var text = ""
        for (position, digit) in String(abs(number)).reversed().enumerated() {
            if position > 0, position % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + String(text.reversed())
    }

    /// "1.2 GB".
    static func bytes(_ number: Int) -> String {
        var (value, unit) = (Double(number), 0)
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return "\(unit == 0 || value >= 100 ? "\(Int(value))" : oneDecimal(value)) \(units[unit])"
    }

    /// "312", or "3.4" where a digit more tells something.
    static func rate(_ value: Double) -> String {
        value >= 10 ? count(Int(value.rounded())) : oneDecimal(value)
    }

    /// "2 h 5 min", "3 min 20 s", "12 s".
    static func duration(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds.rounded(.up), 0), 1e9))
        if whole >= 3600 { return "\(whole / 3600) h \(whole / 60 % 60) min" }
        if whole >= 60 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole) s"
    }

    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

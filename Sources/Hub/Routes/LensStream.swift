import Cohort
import FoundationEssentials
import Hummingbird
import NIOCore

/// The results of a Beam task as server-sent events: `new_result` for each site, once it has answered or will not.
struct LensStream {
    let task: String
    /// What became of the front end's criteria.
    let reports: [ConditionReport]
    let cards: CardRegistry
    /// Sites to which the question was never put, and why.
    let refused: LensRefusals.Refusal?

    /// A result of Beam (samply/beam, `TaskResult`): the body is base64.
    struct Result: Encodable, Equatable {
        var task: String
        var from: String
        var to: [String]
        var status: String
        var metadata: String?
        var body: String

        init(task: String, site: String, status: String, body: [UInt8]) {
            self.task = task
            // The front end takes the second part for the site.
            from = "atles.\(site).hub"
            to = ["lens.hub.atles"]
            self.status = status
            self.body = Data(body).base64EncodedString()
        }
    }

    /// - Parameter events: nil where no site was asked.
    /// - Parameter count: how many results are waited for.
    func response(_ events: AsyncStream<Explorer.Event>?, count: Int) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: .init { writer in
                var sent = 0
                for site in refused?.sites ?? [] where sent < count {
                    let result = Result(
                        task: task, site: site, status: "permafailed", body: Array((refused?.reason ?? "").utf8))
                    try await writer.write(ByteBuffer(string: Self.text(result)))
                    sent += 1
                }
                var open: [SiteResult] = []
                var answered: Set<String> = []
                if let events {
                    for await event in events {
                        if sent >= count || event == .done { break }
                        guard case .site(let site) = event, !answered.contains(site.site.id) else { continue }
                        open.removeAll { $0.site.id == site.site.id }
                        guard let result = result(site) else {
                            open.append(site)
                            continue
                        }
                        answered.insert(site.site.id)
                        try await writer.write(ByteBuffer(string: Self.text(result)))
                        sent += 1
                    }
                }
                for site in open where sent < count {
                    let reason = site.reason ?? "no answer yet"
                    let result = Result(
                        task: task, site: site.site.id, status: "tempfailed", body: Array(reason.utf8))
                    try await writer.write(ByteBuffer(string: Self.text(result)))
                    sent += 1
                }
                try await writer.finish(nil)
            })
    }

    /// A site's result; nil while there is none.
    private func result(_ site: SiteResult) -> Result? {
        switch site.state {
        case .waiting, .offline, .late: return nil
        case .answered:
            guard let answer = site.answer, let counts = answer.counts else { return nil }
            let reply = LensReply(site.site, answer, counts, card: cards[site.site.id], reports: reports)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let body = try? encoder.encode(reply) else { return nil }
            return Result(task: task, site: site.site.id, status: "succeeded", body: Array(Self.latin(body)))
        case .cannotApply, .failed:
            let reason = site.reason ?? "the site gave no reason"
            return Result(task: task, site: site.site.id, status: "permafailed", body: Array(reason.utf8))
        }
    }

    /// The front end reads the body with `atob`, one character a byte: what is not ASCII is written as JSON escapes.
    static func latin(_ json: Data) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(json.count)
        for scalar in String(decoding: json, as: UTF8.self).utf16 {
            if scalar < 0x80 {
                out.append(UInt8(truncatingIfNeeded: scalar))
            } else {
                let digits = String(scalar, radix: 16)
                out += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            }
        }
        return out
    }

    private static func text(_ result: Result) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(result)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return "event: new_result\ndata: \(data)\n\n"
    }
}

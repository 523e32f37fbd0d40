import Cohort
public import Federation
import FoundationEssentials

extension Permit {
    /// What is signed. Label `atles-permit-1`, then the fields in the order in which they are declared; a list as its
    /// count and its elements; the cohort as its JSON form with sorted keys.
    func canonical() -> [UInt8] {
        var out = CanonicalBytes(label: "atles-permit-1")
        out.append(id.text)
        out.append(federation)
        out.append(site.text)
        out.append(request)
        out.append(Int64(holders.count))
        for holder in holders {
            out.append(holder.person.text)
            out.append(holder.key?.text)
        }
        out.append(asker.text)
        out.append(texts: purposes.map(\.rawValue))
        out.append(texts: dataSets)
        out.append(cohort.map { String(decoding: $0.json(), as: UTF8.self) })
        out.append(Int64(computations.count))
        for computation in computations {
            out.append(computation.name)
            out.append(computation.version)
            out.append(computation.hash.bytes)
        }
        out.append(texts: outputs.map(\.rawValue))
        out.append(Int64(thresholds.smallestCell))
        out.append(Int64(thresholds.rounding))
        out.append(Int64(thresholds.smallestCohort))
        out.append(budget == nil ? "none" : "budget")
        out.append(budget?.epsilonMillionths ?? 0)
        out.append(budget?.deltaQuadrillionths ?? 0)
        if case .alsoAt(let nodes) = placement { out.append(texts: nodes.map(\.text)) } else { out.append(texts: []) }
        out.append(from.seconds)
        out.append(until.seconds)
        out.append(Int64(signaturesNeeded))
        return out.bytes
    }

    /// SHA-256 of what is signed.
    public var digest: Digest { Digest(sha256: canonical()) }
}

extension CanonicalBytes {
    /// The count, then each text.
    mutating func append(texts: [String]) {
        append(Int64(texts.count))
        for text in texts { append(text) }
    }
}

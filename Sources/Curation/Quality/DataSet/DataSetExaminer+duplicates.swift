import DICOM
import DICOMImaging

/// A pair of frames before its pictures are made.
struct FoundPair {
    let rule: QualityRule
    let first, second: (series: Int, object: Int, frame: Int)
    let likeness: Double
    let count: Int
}

extension DataSetExaminer {
    /// Objects with the same pixels under other UIDs.
    mutating func exactPairs(_ source: some QualitySource) throws -> [FoundPair] {
        var found: [FoundPair] = []
        for pair in ledger.twins.pairs() {
            let (first, second) = (Int(pair.first.series), Int(pair.second.series))
            // Samples may agree by chance where all of it does not.
            guard try isConfirmed(pair, source) else { continue }
            let isSame = patient(first) == patient(second)
            let rule = isSame ? QualityRule.duplicatePixels : .duplicatePixelsOtherPatient
            let places = [try place(pair.first, source), try place(pair.second, source)]
            ledger.add(
                QualityFinding(
                    rule, at: places,
                    "\(pair.count) image\(pair.count == 1 ? " has" : "s have") the same pixels as one \(first == second ? "in the same series" : "in the other series").",
                    count: pair.count))
            found.append(
                FoundPair(
                    rule: rule, first: (first, Int(pair.first.object), 0),
                    second: (second, Int(pair.second.object), 0), likeness: 1, count: pair.count))
        }
        return found
    }

    /// Frames that look the same in studies of which that is not expected: series of one study show the same anatomy.
    mutating func nearPairs(known: [FoundPair], _ limitations: inout [String]) -> [FoundPair] {
        let exact = Set(known.map { [$0.first.series, $0.second.series] })
        let entries = ledger.entries
        let (pairs, crowded) = ledger.lookAlikes.pairs { first, second in
            let (one, two) = (entries[first].series, entries[second].series)
            return (one.study != two.study || one.patient != two.patient)
                && !exact.contains([min(first, second), max(first, second)])
        }
        if crowded > 0 {
            limitations.append(
                "Look-alikes: in \(crowded) groups of more than 4,096 frames that are alike in part, only frames with nearly the same hash were compared."
            )
        }
        return pairs.map { pair in
            let (first, second) = (Int(pair.first.series), Int(pair.second.series))
            let rule: QualityRule = patient(first) == patient(second) ? .nearDuplicate : .nearDuplicateOtherPatient
            ledger.add(
                QualityFinding(
                    rule, at: [entries[first].series.place, entries[second].series.place],
                    "\(pair.count) pair\(pair.count == 1 ? "" : "s") of frames look\(pair.count == 1 ? "s" : "") the same.",
                    count: pair.count))
            return FoundPair(
                rule: rule, first: (first, Int(pair.first.object), Int(pair.first.frame)),
                second: (second, Int(pair.second.object), Int(pair.second.frame)), likeness: pair.likeness,
                count: pair.count)
        }
    }

    private func patient(_ number: Int) -> String {
        ledger.entries.indices.contains(number) ? ledger.entries[number].series.patient : ""
    }

    private func object(_ member: PixelTwins.Member, _ source: some QualitySource) throws -> QualityObject? {
        let series = try source.series(ledger.entries[Int(member.series)].series.key)
        guard let series, series.objects.indices.contains(Int(member.object)) else { return nil }
        return series.objects[Int(member.object)]
    }

    private func place(_ member: PixelTwins.Member, _ source: some QualitySource) throws -> QualityPlace {
        var place = ledger.entries[Int(member.series)].series.place
        place.instance = try object(member, source)?.instance
        return place
    }

    /// Compares all of the pixels of one pair of objects.
    private func isConfirmed(_ pair: PixelTwins.Pair, _ source: some QualitySource) throws -> Bool {
        if ledger.options.isDeep { return true }
        guard let one = try object(pair.first, source), let two = try object(pair.second, source) else { return false }
        let values = [one, two].map { digest($0, source) }
        return values[0] != nil && values[0] == values[1]
    }

    private func digest(_ object: QualityObject, _ source: some QualitySource) -> PixelDigest.Value? {
        guard let bytes = try? source.open(object) else { return nil }
        defer { bytes.close() }
        guard let file = try? DICOMFile.readHeader(bytes, limits: limits),
            let extent = try? file.pixelData?.extent(in: bytes)
        else { return nil }
        return PixelDigest.value(of: extent, in: bytes, isWhole: true)
    }

    /// Pairs with pictures, the worst first.
    func shown(_ pairs: [FoundPair], _ source: some QualitySource) -> [LookAlikePair] {
        let order = pairs.sorted {
            ($0.rule.severity, $0.first.series, $0.second.series) < (
                $1.rule.severity, $1.first.series, $1.second.series
            )
        }
        return order.prefix(ledger.options.picturedPairs).compactMap { pair in
            guard let one = side(pair.first, source), let two = side(pair.second, source) else { return nil }
            var shown = LookAlikePair(
                rule: pair.rule.id, first: one.place, second: two.place,
                likeness: (pair.likeness * 10_000).rounded() / 10_000, count: pair.count)
            shown.pictures = [one.picture, two.picture].compactMap(\.self)
            return shown
        }
    }

    private func side(
        _ side: (series: Int, object: Int, frame: Int), _ source: some QualitySource
    ) -> (place: QualityPlace, picture: SeriesPicture?)? {
        let name = ledger.entries[side.series].series
        guard let series = try? source.series(name.key), series.objects.indices.contains(side.object) else {
            return nil
        }
        let object = series.objects[side.object]
        var place = name.place
        place.instance = object.instance
        place.frame = side.frame + 1
        guard let bytes = try? source.open(object) else { return (place, nil) }
        defer { bytes.close() }
        guard let file = try? DICOMFile.readHeader(bytes, limits: limits),
            let frame = try? FrameReader(file: file, source: bytes).decoded(side.frame)
        else { return (place, nil) }
        let picture = SeriesPicture(
            frame.gray(), instance: object.instance, frame: side.frame + 1, side: ledger.options.thumbnailSide)
        return (place, picture)
    }
}

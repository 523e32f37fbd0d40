import DICOM

extension GeometryCheck {
    /// The rules about one stack of parallel slices.
    func spacing(_ stack: SliceStack, _ poses: [SlicePose], _ findings: inout SeriesFindings) {
        multiplicity(stack, poses, &findings)
        guard let spacing = stack.spacing, spacing > 0 else { return }
        let missing = stack.gaps.filter { $0.missing > 0 }
        if !missing.isEmpty {
            findings.add(
                .missingSlice,
                "\(stack.missing) of \(stack.positions.count + stack.missing) slices are not there: \(Self.places(missing, stack)).",
                attribute: .imagePositionPatient, count: stack.missing)
        }
        let uneven = stack.gaps.filter { $0.missing == 0 }
        if !uneven.isEmpty {
            findings.add(
                .unevenSpacing,
                "The usual distance is \(Self.millimetres(spacing)); \(uneven.count) of \(stack.positions.count - 1) differ: \(Self.places(uneven, stack)).",
                attribute: .imagePositionPatient, count: uneven.count)
        }
        claims(spacing, poses, &findings)
        let height = (stack.positions.last ?? 0) - (stack.positions.first ?? 0)
        if stack.shear > max(1, 0.02 * height) {
            findings.add(
                .sheared,
                "From the first to the last slice it moves \(Self.millimetres(stack.shear)) sideways over \(Self.millimetres(height)).",
                attribute: .imagePositionPatient)
        }
    }

    private func multiplicity(_ stack: SliceStack, _ poses: [SlicePose], _ findings: inout SeriesFindings) {
        let usual = stack.usualMultiplicity
        guard !stack.isUniform else { return }
        var doubled = 0
        var example: Int?
        for members in stack.members where members.count > usual {
            // Alike in everything that could tell them apart.
            let phases = Set(members.map { poses[$0].acquisition + "|" + poses[$0].phase })
            guard phases.count < members.count else { continue }
            doubled += members.count - phases.count
            example = example ?? members.last
        }
        if doubled > 0, let example {
            let object = poses[example].object
            findings.add(
                .duplicatePosition, "\(doubled) images lie where another one lies that nothing tells apart.",
                attribute: .imagePositionPatient,
                instance: objects.indices.contains(object) ? objects[object].instance : nil, count: doubled)
        }
        let fewer = stack.members.filter { $0.count < usual }.count
        if usual > 1, fewer > 0 {
            findings.add(
                .incompletePhase,
                "Most positions have \(usual) images; \(fewer) of \(stack.positions.count) have fewer.",
                attribute: .imagePositionPatient, count: fewer)
        }
    }

    private func claims(_ spacing: Double, _ poses: [SlicePose], _ findings: inout SeriesFindings) {
        // The sign of the attribute means something in nuclear medicine only.
        let stated = poses.lazy.compactMap { pose in
            objects.indices.contains(pose.object) ? objects[pose.object].spacingBetweenSlices.map(abs) : nil
        }.first
        guard let stated, stated.isFinite, abs(stated - spacing) > SliceStack.tolerance * spacing else { return }
        findings.add(
            .spacingClaim, "It says \(Self.millimetres(stated)), the positions \(Self.millimetres(spacing)).",
            attribute: .spacingBetweenSlices)
    }

    /// "after slice 12 (10 mm), after slice 40 (7.5 mm) and 3 more".
    private static func places(_ gaps: [SliceStack.Gap], _ stack: SliceStack) -> String {
        let shown = gaps.prefix(3).map { "after slice \($0.after + 1) (\(millimetres($0.width)))" }
        let rest = gaps.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// "2.5 mm".
    static func millimetres(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "an impossible distance" }
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
        if rest == 0 { return "\(whole) mm" }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
        return "\(value < 0 && whole == 0 ? "-" : "")\(whole).\(digits) mm"
    }
}

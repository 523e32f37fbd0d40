import DICOM

/// The rules about where the frames of a series lie.
struct GeometryCheck {
    let objects: [ObjectFacts]

    /// What the report draws: the largest stack of the series.
    struct Outcome: Sendable {
        var stack: SliceStack?
        /// Objects and frames in the order of their positions, for thumbnails.
        var order: [(object: Int, frame: Int)] = []
    }

    func run(_ findings: inout SeriesFindings) -> Outcome {
        missingPositions(&findings)
        let poses = objects.flatMap(\.poses)
        guard !poses.isEmpty else { return Outcome() }
        let sound = poses.filter(\.orientation.isOrthonormal)
        if let bad = poses.first(where: { !$0.orientation.isOrthonormal }) {
            findings.add(
                .badOrientation, "\(poses.count - sound.count) of \(poses.count) images have such cosines.",
                attribute: .imageOrientationPatient, instance: instance(bad), count: poses.count - sound.count)
        }
        let groups = parallel(sound)
        guard let largest = groups.max(by: { $0.count < $1.count }) else { return Outcome() }
        let isLocalizer = objects.contains(where: \.isLocalizer)
        if !isLocalizer, isVolume { consistency(sound, groups, &findings) }
        var drawn: SliceStack?
        for group in groups {
            let stacks = split(group)
            for stack in stacks {
                if !isLocalizer, isVolume { spacing(stack.stack, stack.poses, &findings) }
                if (drawn?.positions.count ?? 0) < stack.stack.positions.count { drawn = stack.stack }
            }
        }
        let normal = largest[0].orientation.normal
        let order = largest.sorted { $0.position.dot(normal) < $1.position.dot(normal) }
        return Outcome(stack: drawn, order: order.map { ($0.object, $0.frame) })
    }

    private var isVolume: Bool { objects.first.map { ObjectKind.crossSectional.contains($0.modality) } ?? false }

    private func instance(_ pose: SlicePose) -> String? {
        objects.indices.contains(pose.object) ? objects[pose.object].instance : nil
    }

    private func missingPositions(_ findings: inout SeriesFindings) {
        let without = objects.filter {
            ObjectKind.positionedClasses.contains($0.sopClass) && $0.isImage && $0.poses.isEmpty
        }
        guard let first = without.first else { return }
        findings.add(
            .noPosition, "\(without.count) of \(objects.count) objects have none.", attribute: .imagePositionPatient,
            instance: first.instance, count: without.count)
    }

    /// Poses by orientation, in the order in which the orientations come.
    private func parallel(_ poses: [SlicePose]) -> [[SlicePose]] {
        var groups: [[SlicePose]] = []
        for pose in poses {
            if let index = groups.firstIndex(where: { $0[0].orientation.isParallel(to: pose.orientation) }) {
                groups[index].append(pose)
            } else if groups.count < 512 {
                // Rotating projections have an orientation each; nothing is gained by comparing thousands of them.
                groups.append([pose])
            }
        }
        return groups
    }

    private func consistency(
        _ poses: [SlicePose], _ groups: [[SlicePose]], _ findings: inout SeriesFindings
    ) {
        if groups.count > 1, let stranger = groups.min(by: { $0.count < $1.count })?.first {
            findings.add(
                .mixedOrientation, "Its images lie in \(groups.count) orientations.",
                attribute: .imageOrientationPatient, instance: instance(stranger))
        }
        guard let first = poses.first(where: { $0.pixelSpacing.count == 2 }) else { return }
        let others = poses.filter { pose in
            pose.pixelSpacing.count == 2
                && zip(pose.pixelSpacing, first.pixelSpacing).contains { abs($0 - $1) > 1e-3 * max($0, $1) }
        }
        guard let stranger = others.first else { return }
        findings.add(
            .mixedSpacing, "\(others.count) of \(poses.count) images have another one than the first.",
            attribute: .pixelSpacing, instance: instance(stranger))
    }

    /// One stack, or one for each acquisition where that alone makes the number of images at each position the same.
    private func split(_ poses: [SlicePose]) -> [(stack: SliceStack, poses: [SlicePose])] {
        let whole = SliceStack(poses)
        let acquisitions = Dictionary(grouping: poses, by: \.acquisition)
        guard acquisitions.count > 1, acquisitions.count <= 64,
            !whole.isUniform || whole.gaps.contains(where: { $0.missing == 0 })
        else { return [(whole, poses)] }
        let parts = acquisitions.keys.sorted().map { key in
            let part = acquisitions[key] ?? []
            return (stack: SliceStack(part), poses: part)
        }
        return parts.allSatisfy(\.stack.isUniform) ? parts : [(whole, poses)]
    }
}

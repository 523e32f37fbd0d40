extension DisclosureRule {
    /// What may be shown of a cohort's numbers at a site that holds `all`.
    ///
    /// A cohort of fewer patients than the threshold is "<5", and so is one of none. One that leaves out fewer than the
    /// threshold is ">95" of 100, and so is one that leaves out none: otherwise the number would tell how few patients
    /// are *not* in it, which is the answer to the opposite question. Only the question for everything has everything
    /// for an answer. Studies, series and images are hidden with their patients, behind bounds that say nothing of them.
    public func protect(_ counts: Counts, of all: Counts, isEverything: Bool = false) -> ProtectedCounts {
        let patients = patients(counts.patients, of: all.patients, isEverything: isEverything)
        // Where some patients have no images, the images of a large cohort may be those of a few.
        let areAllImaged = all.withoutImages == 0
        let imaged = self.patients(
            counts.patients - counts.withoutImages, of: all.patients - all.withoutImages, isEverything: isEverything)
        let isShown = areAllImaged || imaged.exactly != nil
        func hidden(_ path: KeyPath<Counts, Int>) -> ProtectedCount {
            switch patients {
            case .exact where isShown, .about where isShown: .exact(counts[keyPath: path])
            // Each patient has at least one study, series and image.
            case .moreThan where areAllImaged: patients
            case .exact, .about, .moreThan, .fewerThan:
                .fewerThan(bound(above: all[keyPath: path], patients: all.patients))
            }
        }
        return ProtectedCounts(
            patients: patients, studies: hidden(\.studies), series: hidden(\.series), images: hidden(\.images))
    }

    func patients(_ patients: Int, of all: Int, isEverything: Bool) -> ProtectedCount {
        if threshold <= 1 { return .exact(patients) }
        if isEverything { return all < threshold ? .fewerThan(threshold) : .exact(all) }
        let least = Smallness.threshold(threshold, within: all)
        if patients < least { return .fewerThan(least) }
        if all - patients < least { return .moreThan(all - least) }
        return .exact(patients)
    }

    /// A power of ten above what the whole site has: true, and known from its card anyway. A site too small to show its
    /// own numbers has the same bound whatever it holds.
    private func bound(above all: Int, patients: Int) -> Int {
        var bound = patients < threshold ? 1_000_000 : 10
        while bound <= all {
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { return .max }
            bound = next
        }
        return bound
    }
}

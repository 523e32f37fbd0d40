import Cohort

extension Selection {
    /// Who is selected, for comparing it with what was asked before.
    var members: CohortMembers {
        var marks: [UInt16] = []
        var last: Int32 = -1
        for row in truth.indices where truth[row] == Truth.isTrue {
            if content.series.patient[row] != last {
                last = content.series.patient[row]
                marks.append(0)
            }
            // The place among the patient's own series: it stays when other patients come. The sum has no order.
            let place = row - content.series.groups[Int(last)].lowerBound
            marks[marks.count - 1] &+= CohortMembers.mark(series: Int64(place), images: Int64(content.images[row]))
        }
        return CohortMembers(patients: PatientSet(patientRows.map { UInt32(clamping: $0) }), marks: marks)
    }
}

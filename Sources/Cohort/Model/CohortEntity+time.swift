extension CohortEntity {
    /// The attribute that says on which day a record was, by its full name; nil for what has no day.
    ///
    /// A series has the day of its study.
    public var dateAttribute: String? { CohortModel.times[Moment(entity: self, time: .date)]?.name }

    /// The attribute that says how many days after the diagnosis, the baseline, a record was; nil for what has no such day.
    public var dayAttribute: String? { CohortModel.times[Moment(entity: self, time: .day)]?.name }

    struct Moment: Hashable {
        var entity: CohortEntity
        var time: CohortAttribute.Time
    }

    /// The attributes that its records have, in the order in which they are shown.
    public var attributes: [CohortAttribute] { CohortModel.attributes.filter { $0.entity == self } }
}

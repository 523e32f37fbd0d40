/// The files that describe the common data model and its vocabulary, as they lie beside this one.
///
/// A target of its own, so that these bytes are compiled once and not with every change of what reads them.
public enum CohortData {
    /// One document for each entity.
    public static var model: [[UInt8]] {
        [
            PackageResources.patient_json, PackageResources.study_json, PackageResources.series_json,
            PackageResources.annotation_json, PackageResources.condition_json, PackageResources.tumour_json,
            PackageResources.marker_json, PackageResources.laboratory_json, PackageResources.procedure_json,
            PackageResources.treatment_json, PackageResources.history_json, PackageResources.assessment_json,
            PackageResources.episode_json, PackageResources.specimen_json, PackageResources.variant_json,
            PackageResources.followUp_json,
        ]
    }

    /// One document for each group of value sets.
    public static var vocabulary: [[UInt8]] {
        [
            PackageResources.people_json, PackageResources.imaging_json, PackageResources.objects_json,
            PackageResources.topography_json, PackageResources.morphology_json, PackageResources.diagnosis_json,
            PackageResources.staging_json, PackageResources.findings_json, PackageResources.markers_json,
            PackageResources.treatment_sets_json, PackageResources.outcome_json,
        ]
    }
}

/// The states of a negotiation in the BBMRI-ERIC Negotiator (v3.9).
public enum NegotiatorState: String, Sendable, Codable, CaseIterable {
    case draft = "DRAFT"
    case submitted = "SUBMITTED"
    /// In its list of states; none of its transitions leads there.
    case approved = "APPROVED"
    case declined = "DECLINED"
    case inProgress = "IN_PROGRESS"
    case paused = "PAUSED"
    case concluded = "CONCLUDED"
    case abandoned = "ABANDONED"
}

/// The events of a negotiation in the BBMRI-ERIC Negotiator (v3.9).
public enum NegotiatorEvent: String, Sendable, Codable, CaseIterable {
    case submit = "SUBMIT"
    case approve = "APPROVE"
    case decline = "DECLINE"
    /// In its list of events; none of its transitions takes it.
    case start = "START"
    case pause = "PAUSE"
    case unpause = "UNPAUSE"
    case abandon = "ABANDON"
    case conclude = "CONCLUDE"
}

/// The states of a resource within a negotiation in the BBMRI-ERIC Negotiator (v3.9).
public enum NegotiatorResourceState: String, Sendable, Codable, CaseIterable {
    case submitted = "SUBMITTED"
    case representativeContacted = "REPRESENTATIVE_CONTACTED"
    case representativeUnreachable = "REPRESENTATIVE_UNREACHABLE"
    case returnedForResubmission = "RETURNED_FOR_RESUBMISSION"
    case checkingAvailability = "CHECKING_AVAILABILITY"
    case resourceAvailable = "RESOURCE_AVAILABLE"
    case resourceUnavailable = "RESOURCE_UNAVAILABLE"
    case resourceUnavailableWillingToCollect = "RESOURCE_UNAVAILABLE_WILLING_TO_COLLECT"
    case accessConditionsIndicated = "ACCESS_CONDITIONS_INDICATED"
    case accessConditionsMet = "ACCESS_CONDITIONS_MET"
    case resourceNotMadeAvailable = "RESOURCE_NOT_MADE_AVAILABLE"
    case resourceMadeAvailable = "RESOURCE_MADE_AVAILABLE"
}

/// The events of a resource within a negotiation in the BBMRI-ERIC Negotiator (v3.9).
public enum NegotiatorResourceEvent: String, Sendable, Codable, CaseIterable {
    case contact = "CONTACT"
    case markAsUnreachable = "MARK_AS_UNREACHABLE"
    case returnForResubmission = "RETURN_FOR_RESUBMISSION"
    case markAsCheckingAvailability = "MARK_AS_CHECKING_AVAILABILITY"
    case markAsAvailable = "MARK_AS_AVAILABLE"
    case markAsUnavailable = "MARK_AS_UNAVAILABLE"
    case markAsWillingToCollect = "MARK_AS_CURRENTLY_UNAVAILABLE_BUT_WILLING_TO_COLLECT"
    case stepAway = "STEP_AWAY"
    case indicateAccessConditions = "INDICATE_ACCESS_CONDITIONS"
    case acceptAccessConditions = "ACCEPT_ACCESS_CONDITIONS"
    case declineAccessConditions = "DECLINE_ACCESS_CONDITIONS"
    case grantAccessToResource = "GRANT_ACCESS_TO_RESOURCE"
    case override = "OVERRIDE"
}

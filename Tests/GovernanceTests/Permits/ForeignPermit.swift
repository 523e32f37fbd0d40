// Made by Tests/Interop/make_permit_vector.py.

/// A signed permit that shares no code with ours.
enum ForeignPermit {
    /// The Ed25519 key of the signer, local:anna.
    static let key = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    static let document = """
        {
          "permit": {
            "version": 1,
            "id": "00112233445566778899aabbccddeeff",
            "federation": "abababababababababababababababababababababababababababababababab",
            "site": "valencia",
            "request": "R-2026-7",
            "holders": [
              {
                "person": "local:rosa"
              },
              {
                "person": "oidc:x#y",
                "key": "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
              }
            ],
            "asker": "hub",
            "purposes": [
              "algorithms",
              "scientific-research"
            ],
            "dataSets": [
              "mama",
              "prostata"
            ],
            "cohort": {
              "attribute": "series.modality",
              "equals": "MR"
            },
            "computations": [
              {
                "name": "cox",
                "version": "2",
                "hash": "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"
              }
            ],
            "outputs": [
              "counts",
              "statistics"
            ],
            "thresholds": {
              "smallestCell": 5,
              "rounding": 1,
              "smallestCohort": 10
            },
            "budget": {
              "epsilonMillionths": 1000000,
              "deltaQuadrillionths": 1000000000
            },
            "placement": {
              "alsoAt": [
                "leonardo"
              ]
            },
            "from": "2027-01-15T08:00:00Z",
            "until": "2027-02-14T08:00:00Z",
            "signaturesNeeded": 1
          },
          "signatures": [
            {
              "person": "local:anna",
              "signature": "Xg40jlTzJiMNbFpde+J2bRIQK6bc6a+322mHG/So/cSpU5oUyVi0AF5UOnCewqwgGvNCGRWC46XFuU8lOHuaBQ=="
            }
          ]
        }
        """
}

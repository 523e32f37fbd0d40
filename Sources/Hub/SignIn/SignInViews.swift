/// The provider of a sign-in that pages link to.
struct ProviderLink {
    var name: String
    var href: String
}

struct SignInView {
    var frame: Frame
    var to: String
    var login = ""
    var problem: String?
    var provider: ProviderLink?
    var hasAccounts = true
}

struct SignInCodeView {
    var frame: Frame
    var to: String
    var problem: String?
}

struct RecoverView {
    var frame: Frame
    var login = ""
    var problem: String?
}

struct SecondFactorView {
    var frame: Frame
    var to: String
    var reason: String
    var secret: String
    var link: String
    var problem: String?
}

struct SignedOutView {
    var frame: Frame
    var provider: ProviderLink?
}

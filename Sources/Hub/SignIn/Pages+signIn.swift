extension Pages {
    func signIn(_ view: SignInView) -> String { render(view, with: "sign-in") }
    func signInCode(_ view: SignInCodeView) -> String { render(view, with: "sign-in-code") }
    func recover(_ view: RecoverView) -> String { render(view, with: "recover") }
    func secondFactor(_ view: SecondFactorView) -> String { render(view, with: "second-factor") }
    func signedOut(_ view: SignedOutView) -> String { render(view, with: "signed-out") }
    func tokens(_ view: TokensView) -> String { render(view, with: "tokens") }
    func device(_ view: DeviceView) -> String { render(view, with: "device") }
    func people(_ view: PeopleView) -> String { render(view, with: "people") }
    func account(_ view: AccountView) -> String { render(view, with: "account") }
}

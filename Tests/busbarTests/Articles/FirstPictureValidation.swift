import Testing

/// The tutorial, whose day of the European feeder takes a minute without optimisation.
struct FirstPictureValidation {
  static let articles = ["busbar/busbar.docc/FirstPicture"]

  @Test(arguments: articles)
  func theTutorialIsTrue(_ path: String) throws { try ArticleRun.run(path) }
}

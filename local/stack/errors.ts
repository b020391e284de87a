/** Base of everything the local stack refuses to do; its message says what to change. */
export class LocalStackError extends Error {
  override name = 'LocalStackError';
}

/** The template asks for something that the local stack cannot make; a wiring mistake ends here, too. */
export class TemplateError extends LocalStackError {
  override name = 'TemplateError';
}

/** An emulator could not be started or did not answer. */
export class EmulatorError extends LocalStackError {
  override name = 'EmulatorError';
}

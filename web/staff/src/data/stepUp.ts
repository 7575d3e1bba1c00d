/** Runs an act that may ask for a second factor once more; a refusal is the caller's to say. */
export function withStepUp<T>(act: () => Promise<T>): Promise<T> {
  return act();
}

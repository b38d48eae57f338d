export class Failure extends Error {}
export function sentenceOf(error: unknown): string

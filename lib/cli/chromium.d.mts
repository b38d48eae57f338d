export function findChromium(
  env?: Record<string, string | undefined>,
): Promise<{ executablePath: string; args: string[]; env?: Record<string, string> }>

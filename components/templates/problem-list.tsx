/** What is wrong with a source, each with its place and what to write instead. */
export function ProblemList({
  problems,
}: {
  problems: readonly { line: number; column: number; message: string; fix: string | null }[]
}) {
  return (
    <ol className="my-2 grid list-none gap-1 p-0">
      {problems.map(({ line, column, message, fix }) => (
        <li key={`${line}:${column} ${message}`}>
          <span className="font-mono text-xs">
            line {line}, column {column}
          </span>
          : {message}
          {fix ? <span className="text-soft"> → {fix}</span> : null}
        </li>
      ))}
    </ol>
  )
}

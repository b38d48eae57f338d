import { counted } from '#lib/shared/words.ts'
import type { TemplateProblem } from '#lib/templates/model.ts'

/** What is wrong, each a button that leads to its place in the text. */
export function EditorProblems({
  problems,
  onGo,
}: {
  /** Null: not read yet. */
  problems: readonly TemplateProblem[] | null
  onGo: (problem: TemplateProblem) => void
}) {
  return (
    <section aria-label="Problems" className="rounded-xl border border-line bg-paper px-4 py-2.5">
      <p aria-live="polite" className="m-0 text-sm font-strong">
        {problems === null ? (
          <span className="text-soft">Looking for problems…</span>
        ) : problems.length === 0 ? (
          <span className="text-go">No problems</span>
        ) : (
          <span className="text-no">{counted({ count: problems.length, one: 'problem' })}</span>
        )}
      </p>
      {problems !== null && problems.length > 0 ? (
        <ol className="m-0 mt-1 grid max-h-48 list-none gap-0.5 overflow-y-auto p-0">
          {problems.map((problem) => (
            <li key={`${problem.line}:${problem.column} ${problem.message}`}>
              <button
                type="button"
                onClick={() => onGo(problem)}
                className="w-full rounded-md px-1.5 py-1 text-left text-sm hover:bg-hair pointer-coarse:min-h-11"
              >
                <span className="font-mono text-xs text-soft">
                  line {problem.line}, column {problem.column}
                </span>{' '}
                {problem.message}
                {problem.fix ? <span className="text-soft"> → {problem.fix}</span> : null}
              </button>
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  )
}

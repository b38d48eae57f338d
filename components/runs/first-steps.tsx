import { LinkButton } from '#components/ui/link-button.tsx'
import type { TeamHome } from '#lib/runs/read/team-home.ts'
import { paths } from '#lib/shared/paths.ts'

type Step = { title: string; text: string; href: string; label: string; done: boolean; may: boolean }

function stepsOf(home: TeamHome, team: string): Step[] {
  return [
    {
      title: 'Name what you deploy',
      text: 'A service with its environments: variables such as BASE_URL, and the addresses that probes may look at.',
      href: paths.services(team),
      label: 'Add a service',
      done: home.services > 0,
      may: home.can.createService,
    },
    {
      title: 'Bring your checklist',
      text: 'Paste or upload your Markdown. Headings become sections, task lists become items, the sign-off table becomes the slots.',
      href: paths.templateImport(team),
      label: 'Import a checklist',
      done: home.templates > 0,
      may: home.can.publishTemplate,
    },
    {
      title: 'Open a run',
      text: 'One deployment of one release. Machines fill what they can observe, people tick the rest, each role signs.',
      href: paths.openRun(team),
      label: 'Open a run',
      done: false,
      may: home.can.openRun && home.services > 0 && home.templates > 0,
    },
  ]
}

/** A team without runs learns here what this place is for, one step after the other. */
export function FirstSteps({ home, team }: { home: TeamHome; team: string }) {
  const steps = stepsOf(home, team)
  const next = steps.findIndex(({ done }) => !done)
  return (
    <section
      aria-labelledby="first-steps"
      className="rounded-2xl border border-dashed border-edge px-5 py-6 sm:px-8"
    >
      <h2 id="first-steps" className="m-0 text-lg font-bold tracking-tight">
        No run yet
      </h2>
      <p className="m-0 mt-1 max-w-prose text-soft">
        A run is one deployment with its checklist, its evidence and its signatures in one document. Three
        steps lead to the first one.
      </p>
      <ol className="m-0 mt-5 grid list-none gap-5 p-0 md:grid-cols-3">
        {steps.map((step, place) => (
          <li
            key={step.title}
            aria-current={place === next ? 'step' : undefined}
            className="grid content-start gap-1.5"
          >
            <p className="m-0 flex items-center gap-2 font-strong">
              <span
                aria-hidden="true"
                className={`grid size-6 place-items-center rounded-full border text-xs ${step.done ? 'border-go bg-go-bg text-go' : 'border-edge text-soft'}`}
              >
                {step.done ? '✓' : place + 1}
              </span>
              {step.title}
              {step.done ? <span className="sr-only"> (done)</span> : null}
            </p>
            <p className="m-0 text-sm text-soft">{step.text}</p>
            {!step.done && step.may ? (
              <p className="m-0 mt-1">
                <LinkButton href={step.href} variant={place === next ? 'primary' : 'plain'}>
                  {step.label}
                </LinkButton>
              </p>
            ) : null}
            {!step.done && place === next && !step.may ? (
              <p className="m-0 text-sm text-soft">An owner or administrator of the team does this.</p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

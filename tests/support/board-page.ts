import { expect, type Locator, type Page } from '@playwright/test'
import { type Member, PASSWORD } from './people-at.ts'
import { type RunAt, settleAt } from './run-at.ts'

/** An item's box on the board, by the text of its item. */
export function box(page: Page, name: string | RegExp): Locator {
  return page.getByRole('checkbox', typeof name === 'string' ? { name, exact: true } : { name })
}

/** Says in so many words what an item is: "open", "passed, claimed", "n/a"… */
export async function expectItem(page: Page, name: string | RegExp, words: string | RegExp): Promise<void> {
  await expect(box(page, name)).toHaveAccessibleDescription(words)
}

/** What the board says in capitals: GO, NO-GO, VERIFYING, CLOSED… */
export async function expectVerdict(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('region', { name: 'Gate' }).getByText(words, { exact: true })).toBeVisible()
}

/** The texts of all boxes that are open and that this person may tick now, in the page's order. */
export async function openItems(page: Page): Promise<string[]> {
  const open = page.getByRole('checkbox', { description: /^open$/, disabled: false })
  return open.evaluateAll((boxes) =>
    boxes.map((one) => {
      const label = document.getElementById(one.getAttribute('aria-labelledby') ?? '')
      return label?.textContent?.trim() ?? ''
    }),
  )
}

/** Ticks an item with the key x; where the item asks for a note, the note is typed. */
export async function tick(
  page: Page,
  name: string | RegExp,
  { note }: { note?: string } = {},
): Promise<void> {
  const target = box(page, name)
  await target.focus()
  await page.keyboard.press('x')
  if (note !== undefined) {
    const what = page.getByRole('textbox', { name: 'What you saw' })
    await expect(what).toBeFocused()
    await what.fill(note)
    await page.keyboard.press('Control+Enter')
    await expect(what).toBeHidden()
  }
  await expect(target).toBeChecked()
}

/** Ticks everything that this person may tick; `notes` holds what to type at the items that ask for it. */
export async function tickAll(page: Page, notes: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const name of await openItems(page)) {
    const note = notes[name]
    await tick(page, name, note === undefined ? {} : { note })
  }
  await expect(page.getByRole('checkbox', { description: /^open$/, disabled: false })).toHaveCount(0)
}

/** Signs one slot from its page, as whoever the page belongs to. */
export async function sign(
  page: Page,
  { role, password, decision = 'go' }: { role: string; password: string; decision?: 'go' },
): Promise<void> {
  await page.getByRole('link', { name: `Read what you will sign as ${role}` }).click()
  await expect(page.getByRole('heading', { name: `Sign as ${role}`, level: 1 })).toBeVisible()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: `Sign ${decision} as ${role}` }).click()
  await expect(page.getByText(`Signed ${decision} as ${role}`)).toBeVisible()
  await page.getByRole('link', { name: 'Back to the run' }).click()
}

/** Settles a run, has Ana and Cy sign it, and Ana start its deployment; their pages show the board. */
export async function startAt(
  run: RunAt,
  enter: (who: Member) => Promise<Page>,
): Promise<{ ana: Page; cy: Page }> {
  await settleAt(run)
  const [ana, cy] = [await enter(run.ana), await enter(run.cy)]
  await ana.goto(run.board)
  await cy.goto(run.board)
  await sign(ana, { role: 'Developer', password: PASSWORD })
  await sign(cy, { role: 'Security', password: PASSWORD })
  await ana.getByRole('button', { name: 'Start deployment' }).click()
  await ana.getByRole('dialog').getByRole('button', { name: 'Start deployment' }).click()
  await expect(ana.getByRole('button', { name: 'Mark deployed' })).toBeVisible()
  return { ana, cy }
}

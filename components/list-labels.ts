/** Texts of every list: search, pages, order. */
export const listLabels = {
  skip: 'Skip to report',
  search: 'Search',
  clear: 'Clear',
  username: 'Username',
  status: 'Status',
  all: 'All',
  pages: 'Pages',
  first: 'First',
  previous: 'Previous',
  next: 'Next',
  last: 'Last',
  slow: 'This search took longer than five seconds and was stopped.',
  countExactly: 'Count exactly',
  page: (page: number, pages: number | null) =>
    `page ${page.toLocaleString('en')}${pages === null ? '' : ` of ${pages.toLocaleString('en')}`}`,
  rows: (total: number, isExact: boolean, [one, many]: readonly [one: string, many: string]) =>
    `${isExact ? '' : 'More than '}${total.toLocaleString('en')} ${total === 1 ? one : many}`,
} as const;

/** Elements of the rows name the form that they belong to: a form in each would double the row. */
export const bulkFormId = 'bulk';
export const questionFormId = 'question';

/** The form that a switch belongs to: it asks for this state. */
export const switchFormId = (active: boolean) => (active ? 'switch-on' : 'switch-off');

/** Checkboxes of the rows name the form that they belong to. */
export const bulkFormId = 'bulk';

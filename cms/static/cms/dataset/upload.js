// The field of a file with a table. What a small file holds goes into the box, where it can be mended; a larger one stays
// chosen and is sent when the editor saves.

export class Upload {
  // `review` looks at the file; `entered` is called with the text of a small one, `chosen` whenever a file is chosen or no
  // longer is, `said` with what there is to say meanwhile.
  constructor(field, review, phrases, { entered, chosen, said }) {
    Object.assign(this, { field, review, phrases, entered, chosen, said });
    field.addEventListener("change", () => this.look());
    // A preview or a draft that is saved by itself has no use for a file: it goes out when the editor says so.
    field.form.addEventListener("submit", () => {
      this.isSubmitting = true;
      setTimeout(() => (this.isSubmitting = false));
    });
    field.form.addEventListener("formdata", ({ formData }) => {
      if (!this.isSubmitting) formData.delete(field.name);
    });
  }

  get file() {
    return this.field.files[0];
  }

  async look() {
    const most = Number(this.field.dataset.mostBytes);
    if (this.file?.size > most) {
      this.drop();
      return this.said(this.phrases.tooLarge.replace("{size}", Math.floor(most / 1024 / 1024)));
    }
    this.chosen(this.file);
    if (!this.file) return this.review.ask();
    this.said(this.phrases.reading);
    const answer = await this.review.ask({ [this.field.name]: this.file });
    const text = answer?.querySelector("[data-entered]")?.value;
    if (!text) return;
    this.drop();
    this.entered(text);
  }

  drop() {
    this.field.value = "";
    this.chosen(undefined);
  }
}

export const decisions = {
  'error.clock-jumped.cashier':
    'ساعة الحاسوب ({clock}) متقدمة أكثر من يوم على آخر قيد ({last}). قارنها بساعة أخرى؛ إن كانت صحيحة أكد ذلك المشرف، وإلا فاضبطها.',
  'error.clock-jumped.customer': 'يجب التحقق من ساعة الجهاز أولا.',
  'error.clock-apart.cashier':
    'ساعة الحاسوب ({clock}) وساعة وحدة الأمان ({module}) متباعدتان كثيرا. اضبط ساعة الحاسوب؛ وإن كانت صحيحة أكد ذلك المشرف.',
  'error.clock-apart.customer': 'يجب التحقق من ساعة الجهاز أولا.',
  'error.sale-given-up.cashier': 'لم تصنع الوحدة رمزا لهذا البيع. أعد المال.',
  'error.sale-given-up.customer': 'لم يصنع أي رمز. يعاد إليك مالك.',
  'error.sale-not-given-up.cashier':
    'لا تستطيع الوحدة أن تؤكد أنها لم تصنع رمزا: يبقى البيع معلقا. اسأل مرة أخرى، أو اتركه مفتوحا واتصل بالمشرف.',
  'error.sale-not-given-up.customer': 'لا يعرف بعد هل صنع رمزك. مالك محفوظ.',
  'error.books-damaged.cashier':
    'وجد الفحص أن الدفاتر تالفة ({row}: {reason}). أوقف البيع كي لا يضيع شيء؛ اتصل بالمشرف.',
  'error.books-damaged.customer': 'في الجهاز عطل ولا يستطيع البيع الآن.',
  'error.books-unread.cashier':
    'تعذرت قراءة الدفاتر الآن ({file}: {reason}). لم يتغير شيء والبيع مستمر؛ حاول من جديد بعد قليل، واتصل بالمشرف إن بقي الأمر كذلك.',
  'error.books-unread.customer': 'الجهاز ليس جاهزا لذلك بعد.',
  'strip.books.damaged': 'الدفاتر تالفة: أوقف البيع',
  'strip.books.unread': 'لم تفحص الدفاتر: تعذرت قراءتها',
  'strip.disk.low': 'القرص ممتلئ تقريبا: بقي {megabytes} ميغابايت',
  'strip.disk.stop': 'القرص ممتلئ: أوقف البيع',
  'strip.disk.failed': 'عطل في القرص: أوقف البيع',
  'strip.backup.failed': 'فشل النسخ الاحتياطي',
  'strip.backup.none': 'لا مجلد للنسخ الاحتياطي',
  'strip.backup.same-disk': 'النسخة الاحتياطية على القرص نفسه',
  'doubt.key':
    'المفتاح: مجموعة التزويد {sgc}، مراجعة المفتاح {krn}{ti, select, none {} other {، مؤشر التعرفة {ti}}}',
  'doubt.no-key':
    'ليس في الوحدة مفتاح لمجموعة التزويد {sgc}، مراجعة المفتاح {krn}{ti, select, none {} other {، مؤشر التعرفة {ti}}}. اطلب تحميل هذا المفتاح ثم اسأل مرة أخرى.',
  'doubt.reason': 'لماذا (يحفظ في الدفاتر)',
  'doubt.give-up': 'لم يعد الزبون ينتظر',
  'doubt.unissued': 'إعادة المال',
  'doubt.again': 'البيع من جديد برمز جديد',
  'doubt.supervisor':
    'إن لم تعد الوحدة قادرة على الجواب: أعد المال، أو بع الشيء نفسه من جديد برمز جديد. يبلغ المقر بذلك.',
  'decisions.title': 'قرارات',
  'decisions.about': 'مبيعات غير مؤكدة، والساعة، ووحدة أمان موقوفة.',
  'decisions.kept': 'حُفظ في الدفاتر.',
  'clock.why': 'قارنها أولًا بساعة أخرى. يستمر البيع بعد ذلك بساعة الحاسوب.',
  'clock.title': 'هل ساعة الحاسوب صحيحة؟',
  'clock.accept': 'الساعة صحيحة',
  'module.clear.title': 'وحدة الأمان {module} موقوفة',
  'module.clear.why':
    'لم يطابق رمز بيعه، أو أبلغت الوحدة عن عطل فيها. لا تعدها إلى العمل إلا بعد أن يفحصها أحد.',
  'module.clear': 'إعادة الوحدة إلى العمل',
};

import type { Translation } from '../catalogue.ts';
import type { errors as english } from '../en/errors.ts';

export const errors: Translation<typeof english> = {
  'error.internal.cashier':
    'حدث أمر غير متوقع ولم يتغير شيء. حاول مرة أخرى؛ وإن تكرر فاتصل بالمشرف. المرجع {ref}.',
  'error.internal.customer': 'الجهاز يحتاج إلى لحظة.',
  'error.request-invalid.cashier': 'أرسل البرنامج طلبا غير صحيح. لم يتغير شيء. المرجع {ref}.',
  'error.request-invalid.customer': 'الجهاز يحتاج إلى لحظة.',
  'error.not-allowed.cashier': 'دورك لا يسمح بهذا. اطلب من المشرف.',
  'error.not-allowed.customer': 'يجب أن يساعد المشرف في هذا.',
  'error.not-signed-in.cashier': 'لم يسجل أحد الدخول. سجل الدخول باسمك ورقمك السري.',
  'error.not-signed-in.customer': 'على أمين الصندوق تسجيل الدخول أولا.',
  'error.sign-in-refused.cashier': 'الاسم أو الرقم السري غير صحيح. تحقق منهما وحاول مرة أخرى.',
  'error.sign-in-refused.customer': 'على أمين الصندوق تسجيل الدخول أولا.',
  'error.sign-in-locked.cashier': 'أرقام سرية خاطئة كثيرة. انتظر {seconds} ثانية ثم حاول مرة أخرى.',
  'error.sign-in-locked.customer': 'على أمين الصندوق تسجيل الدخول أولا.',
  'error.meter-length.cashier':
    'رقم العداد مكون من 11 أو 13 رقما (18 مع رقم المصدر)؛ وهذا فيه {digits}. اقرأه مرة أخرى من العداد أو البطاقة.',
  'error.meter-length.customer': 'من فضلك أرني رقم العداد أو البطاقة مرة أخرى.',
  'error.meter-check-digit.cashier':
    'الرقم الأخير لا يطابق بقية الأرقام، فأحد الأرقام خطأ. اقرأ رقم العداد مرة أخرى.',
  'error.meter-check-digit.customer': 'أحد أرقام العداد خطأ. من فضلك اقرأه لي مرة أخرى.',
  'error.meter-issuer.cashier': 'هذا الرقم ليس لعداد STS (المصدر 600727 أو 0000). اقرأه مرة أخرى.',
  'error.meter-issuer.customer': 'هذا الرقم ليس لعداد مسبق الدفع نخدمه.',
  'error.meter-unknown.cashier':
    'العداد {meter} ليس في الدليل. تحقق من الرقم؛ فإن كان صحيحا فالعداد غير مسجل لدينا.',
  'error.meter-unknown.customer': 'هذا العداد ليس في قائمتنا.',
  'error.nothing-found.cashier':
    'لم يعثر على شيء عن «{text}». جرب رقم العداد أو رقم الهاتف أو جزءا من الاسم.',
  'error.nothing-found.customer': 'لا أجدك بهذا. هل معك رقم العداد أو إيصال قديم؟',
  'error.directory-import-busy.cashier': 'تجري قراءة الملف {file} الآن. انتظر انتهاءها أو أوقفها.',
  'error.directory-import-busy.customer': 'هذا لا يخص عملية شرائك.',
  'error.directory-file.cashier':
    '{reason, select, empty {الملف فارغ.} unreadable {تتعذر قراءة الملف ({place}). تحقق من اسمه ومن توصيل ذاكرة USB.} notUtf8 {نص الملف ليس بترميز UTF-8 (عند البايت {place}). احفظه من جديد بصيغة «CSV UTF-8».} unknownColumn {العمود «{place}» غير معروف. قارن السطر الأول بالتوثيق.} missingColumn {العمود «{place}» غير موجود في السطر الأول.} columnTwice {يوجد عمود مرتين في السطر الأول.} endlessLine {السطر {place} لا ينتهي: علامة اقتباس لم تغلق، أو أن هذا ليس ملف CSV. أُخذت الأسطر التي قبله.} notAFile {هذا مجلد وليس ملفًا.} other {تعذرت قراءة الملف حتى نهايته ({place}). الأسطر التي أُخذت تبقى.}}',
  'error.directory-file.customer': 'هذا لا يخص عملية شرائك.',
  'error.meter-blocked.cashier': 'هذا العداد موقوف عن البيع: {reason}.',
  'error.meter-blocked.customer': 'البيع لهذا العداد موقوف. يمكن لمزود الخدمة أن يخبرك بالسبب.',
  'error.amount-empty.cashier': 'اكتب المبلغ أولا.',
  'error.amount-empty.customer': 'بكم تريد أن تشتري؟',
  'error.amount-not-a-number.cashier': '«{text}» ليس مبلغا. استعمل الأرقام، ونقطة قبل الكسور.',
  'error.amount-not-a-number.customer': 'بكم تريد أن تشتري؟',
  'error.amount-too-precise.cashier': 'عدد أرقام هذه العملة بعد النقطة {minorDigits}. اكتب المبلغ مرة أخرى.',
  'error.amount-too-precise.customer': 'بكم تريد أن تشتري؟',
  'error.amount-negative.cashier': 'لا يمكن أن يكون المبلغ أقل من صفر. اكتبه مرة أخرى من دون علامة الطرح.',
  'error.amount-negative.customer': 'بكم تريد أن تشتري؟',
  'error.amount-zero.cashier': 'المبلغ صفر. اكتب ما يريد العميل دفعه.',
  'error.amount-zero.customer': 'بكم تريد أن تشتري؟',
  'error.amount-too-large.cashier': 'المبلغ كبير جدا لبيع واحد. تحقق من عدد الأصفار.',
  'error.amount-too-large.customer': 'هذا المبلغ كبير جدا لشراء واحد.',
  'error.amount-below-minimum.cashier': 'أصغر بيع لهذا العداد هو {minimum}. {reason}',
  'error.amount-below-minimum.customer': 'أصغر مبلغ يشتري شيئا هو {minimum}.',
  'error.amount-above-maximum.cashier': 'أكبر بيع لهذا العداد هو {maximum}. {reason}',
  'error.amount-above-maximum.customer': 'أكبر مبلغ لشراء واحد هو {maximum}.',
  'error.nothing-to-buy.cashier': 'لا يمكن بيع شيء لهذا العداد الآن. {reason}',
  'error.nothing-to-buy.customer': 'لا يمكن شراء شيء لهذا العداد الآن. عد في الفترة القادمة.',
  'error.cash-too-little.cashier': 'النقد المدفوع ({received}) أقل من المبلغ ({due}).',
  'error.cash-too-little.customer': 'هذا لا يكفي لدفع {due}.',
  'error.tariff-missing.cashier':
    'لا يوجد سعر محمل لهذا العداد في هذا التاريخ. على المكتب الرئيسي إرسال التعرفة {tariff}.',
  'error.tariff-missing.customer': 'سعر عدادك غير متوفر هنا بعد.',
  'error.account-incomplete.cashier':
    'سعر هذا العداد يتوقف على {missing}، وهو غير معروف هنا. اطلب من المركز إكمال الحساب؛ لم يُبَع شيء.',
  'error.account-incomplete.customer': 'يجب إكمال حساب هذا العداد أولاً. يُرجى مراجعة الشركة.',
  'error.tariff-refused.cashier':
    'لا يمكن حساب سعر هذا العداد لهذا المبلغ ({reason, select, change {قائمة أسعاره تعيد ما بقي من المال، وهذه المحطة لا تفعل ذلك بعد} other {{reason}}}). لم يبع شيء.',
  'error.tariff-refused.customer': 'لا يمكن حساب سعر هذا المبلغ هنا.',
  'error.sale-in-doubt.cashier':
    'لا يعرف هل صنع الرمز أم لا. البيع محفوظ؛ اضغط Enter لسؤال الوحدة مرة أخرى. لا تبع لهذا العداد ثانية.',
  'error.sale-in-doubt.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.meter-has-open-sale.cashier':
    'بيع سابق لهذا العداد لم يحسم بعد (الإيصال {receiptNumber}). احسمه أولا.',
  'error.meter-has-open-sale.customer': 'يجب إنهاء شراء سابق لعدادك أولا.',
  'error.sale-unknown.cashier': 'لا يوجد بيع كهذا في دفاتر هذه المحطة.',
  'error.sale-unknown.customer': 'لا أجد ذلك الشراء.',
  'error.token-mismatch.cashier':
    'رمز الوحدة لا يطابق البيع، ولذلك لا يعرض. أوقف البيع بهذه الوحدة. اتصل بالمشرف.',
  'error.token-mismatch.customer': 'في الجهاز عطل ولا يستطيع إعطاء رموز. مالك مسجل.',
  'error.module-locked.cashier': 'وحدة الأمان مقفلة. على المشرف فتحها بعبارة المرور.',
  'error.module-locked.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-passphrase.cashier': 'عبارة المرور غير صحيحة. تبقى المفاتيح مقفلة.',
  'error.module-passphrase.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-file.cashier':
    '{reason, select, missing {لا يوجد ملف مفاتيح في المكان المحدد.} unreadable {لا يستطيع هذا الحساب قراءة ملف المفاتيح.} unwritable {لا يمكن كتابة ملف المفاتيح: تحقق من القرص ومن صلاحيات هذا الحساب.} foreign {الملف في المكان المحدد ليس ملف مفاتيح Kioskwatt.} truncated {ملف المفاتيح مقطوع. أعد نسخة منه.} changed {تغير ملف المفاتيح بعد كتابته. أعد نسخة منه.} newer {كتب ملف المفاتيح برنامج Kioskwatt أحدث. ثبت ذلك البرنامج مرة أخرى.} profile {صنع ملف المفاتيح لنوع آخر من المحطات.} exists {يوجد ملف مفاتيح من قبل؛ وقد ترك كما هو.} duplicate {هذا المفتاح موجود في الملف.} size {ليس للمفتاح الحجم الذي تحتاجه عداداته.} parity {خانة التكافؤ في المفتاح خطأ، فأحد أرقامه خطأ.} attributes {إحدى تفاصيل المفتاح خارج الحدود.} other {لا يمكن استعمال ملف المفاتيح ({reason}).}} تبقى المفاتيح مقفلة.',
  'error.module-file.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-no-key.cashier':
    'لا يوجد مفتاح بيع للمجموعة {sgc}، المراجعة {krn}. لا يمكن خدمة هذا العداد هنا.',
  'error.module-no-key.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-key-expired.cashier':
    'انتهت صلاحية مفتاح بيع المجموعة {sgc}. على المكتب الرئيسي تحميل مفتاح جديد.',
  'error.module-key-expired.customer': 'لا يمكن خدمة عدادك في هذا الشباك اليوم.',
  'error.module-base-date.cashier':
    'مفتاح بيع المجموعة {sgc}، المراجعة {krn}، يعد الوقت من سنة غير سنة هذا العداد ({baseDate}). على المكتب الرئيسي مراجعة سجل العداد.',
  'error.module-base-date.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-key-type.cashier':
    'مفتاح بيع المجموعة {sgc} من نوع لا يصنع رصيدا ({keyType}). يحتاج العداد إلى تغيير المفتاح أولا.',
  'error.module-key-type.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-key-not-active.cashier':
    'لا يجوز استعمال مفتاح بيع المجموعة {sgc}، المراجعة {krn}، بعد. تحقق من تاريخ الحاسوب، أو انتظر يومه الأول.',
  'error.module-key-not-active.customer': 'لا يمكن خدمة عدادك في هذا الشباك اليوم.',
  'error.module-request.cashier': 'لا تستطيع وحدة الأمان صنع رمز لسجل هذا العداد ({reason}). لم يصنع شيء.',
  'error.module-request.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-tampered.cashier':
    'تقول وحدة الأمان إنها تعرضت للعبث. أوقف البيع بها. اتصل بالمشرف؛ وتعاد الوحدة إلى صانعها.',
  'error.module-tampered.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-application.cashier':
    'في وحدة الأمان عطل داخلي. أوقف البيع بها. اتصل بالمشرف ليطفئها ويشغلها.',
  'error.module-application.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-timeout.cashier':
    'لم تجب وحدة الأمان في الوقت المحدد. البيع محفوظ؛ تحقق من سلكها ثم اسألها مرة أخرى.',
  'error.module-timeout.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-at-work.cashier':
    'قد تكون الوحدة ما زالت تصنع هذا الرمز. البيع محفوظ؛ انتظر نصف دقيقة ثم اسألها مرة أخرى.',
  'error.module-at-work.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-unknown-reply.cashier':
    'أعطت وحدة الأمان جوابا لا يفهم. البيع محفوظ؛ اسألها مرة أخرى أو اتصل بالمشرف.',
  'error.module-unknown-reply.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-not-stopped.cashier': 'الوحدة {moduleId} ليست موقوفة: إنها تعمل.',
  'error.module-not-stopped.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.token-kept-wrong.cashier':
    'الرمز الذي تحفظه الوحدة لهذا البيع خاطئ ولا يعرض. ينهي المشرف البيع في صفحة القرارات (F10).',
  'error.token-kept-wrong.customer': 'مالك مسجل. على المشرف أن ينظر في هذا البيع.',
  'error.module-stopped.cashier': 'أوقف البيع بهذه الوحدة بعد رمز خاطئ. اتصل بالمشرف.',
  'error.module-stopped.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.clock-behind.cashier':
    'ساعة الحاسوب ({clock}) متأخرة عن آخر قيد ({last}). اضبط الساعة ثم تابع. وإن كانت الساعة صحيحة فقد كانت متقدمة حينها: اتصل بالمشرف.',
  'error.clock-behind.customer': 'يجب ضبط ساعة الجهاز أولا.',
  'error.token-time-full.cashier': 'أخذ هذا العداد رموزا كثيرة في الدقائق الأخيرة. انتظر {minutes} دقيقة.',
  'error.token-time-full.customer': 'أخذ عدادك عدة رموز الآن. يمكن صنع الرمز التالي بعد دقائق قليلة.',
  'error.storage-failed.cashier': 'أبلغ القرص عن عطل ({reason}). أوقف البيع كي لا يضيع شيء. اتصل بالمشرف.',
  'error.storage-failed.customer': 'في الجهاز عطل ولا يستطيع البيع الآن.',
  'error.printer-unreachable.cashier':
    'الطابعة عند {address} لا تجيب. تحقق من الكهرباء والسلك ثم اضغط F5 للطباعة. الرمز محفوظ.',
  'error.printer-unreachable.customer': 'الطابعة لا تجيب. رمزك محفوظ؛ أستطيع أن أقرأه لك.',
  'error.print-job-unknown.cashier': 'لا توجد مهمة طباعة كهذه.',
  'error.print-job-unknown.customer': 'لا يوجد ما يطبع.',
  'error.folder-full.cashier':
    'القرص الذي فيه {folder} ممتلئ. لم يتغير شيء. أفرغ {megabytes} ميغابايت على الأقل ثم ابدأ من جديد.',
  'error.folder-full.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.folder-read-only.cashier':
    'لا يمكن الكتابة في مجلد البيانات {folder}. أعط هذا الحساب حق الكتابة فيه ثم ابدأ من جديد.',
  'error.folder-read-only.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.folder-network.cashier':
    'مجلد البيانات {folder} على قرص شبكة ({filesystem}). اختر مجلدا على قرص هذا الحاسوب.',
  'error.folder-network.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.folder-locked.cashier':
    'يعمل Kioskwatt على مجلد البيانات هذا من قبل ({holder}). استعمل تلك النافذة أو أغلقها أولا.',
  'error.folder-locked.customer': 'الجهاز يعمل من قبل.',
  'error.folder-not-a-folder.cashier': 'لا يمكن استعمال مجلد البيانات {folder}: {reason}.',
  'error.folder-not-a-folder.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.database-newer.cashier':
    'كتب الملف {file} برنامج Kioskwatt أحدث (الإصدار {found}، وهذا يعرف {known}). ثبت ذلك البرنامج مرة أخرى، أو استعد نسخة احتياطية سابقة.',
  'error.database-newer.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.database-foreign.cashier': 'الملف {file} ليس قاعدة بيانات Kioskwatt. لم يتغير فيه شيء.',
  'error.database-foreign.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.database-no-room.cashier':
    'لا مكان كافيا على القرص لفتح {file} ونقله إلى هذا الإصدار. لم يتغير شيء. أفرغ نحو {megabytes} ميغابايت ثم ابدأ من جديد.',
  'error.database-no-room.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.database-busy.cashier': 'برنامج آخر يمسك {file}. لم يتغير شيء. أغلق ذلك البرنامج ثم ابدأ من جديد.',
  'error.database-busy.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.database-unreadable.cashier':
    'لم يستطع القرص قراءة {file} أو كتابته ({reason}). لم يبع شيء ولم يتغير شيء. تحقق من القرص ومن صلاحيات هذا الحساب ثم ابدأ من جديد. لا تستعد شيئا ما دام الملف بعيد المنال فقط.',
  'error.database-unreadable.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.database-damaged.cashier':
    'الملف {file} تالف ({reason}). لم يبع شيء ولم يتغير شيء. احتفظ بالملف واستعد آخر نسخة احتياطية تم التحقق منها.',
  'error.database-damaged.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.chain-broken.cashier': 'تغير الدفتر عند السطر {row}: {reason}. أوقف البيع. اتصل بالمشرف.',
  'error.chain-broken.customer': 'لا يستطيع الجهاز البيع الآن.',
  'error.restore-unfinished.cashier':
    'انقطعت استعادة {folder} قبل خطوتها الأخيرة. لم يضع شيء: {found} بجانبه. أعد الاستعادة ثم ابدأ.',
  'error.restore-unfinished.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.profile-refused.cashier':
    'لا يمكن استعمال هذه المحطة للبيع الحقيقي: {reason, select, software {مفاتيحها في ملف، ولا يجوز إلا لوحدة معتمدة أن تحفظ مفاتيح تبيع} other {{reason}}}.',
  'error.profile-refused.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.config-invalid.cashier': 'الإعداد {path} غير صحيح: {reason}.',
  'error.config-invalid.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.quote-changed.cashier': 'تغير السعر منذ عرضه. انظر إلى الأرقام الجديدة ثم اضغط Enter.',
  'error.quote-changed.customer': 'تغير السعر الآن. من فضلك انظر إلى المبلغ الجديد.',
  'error.cash-step.cashier': 'النقد بخطوات من {step}. قرب المبلغ.',
  'error.cash-step.customer': 'أصغر قطعة نقد هنا {step}.',
  'error.sale-void.cashier': 'لم يتم البيع {receiptNumber} ولم يصنع رمز. أعد المال أو بع مرة أخرى.',
  'error.sale-void.customer': 'لم يتم ذلك الشراء. هذا مالك.',
  'error.sale-unissued.cashier': 'أغلق المشرف البيع {receiptNumber}: لم يعط رمزه لأحد.',
  'error.sale-unissued.customer': 'حسم المشرف ذلك الشراء.',
  'error.token-time-range.cashier': 'الساعة أو تاريخ أساس العداد {baseDate} غير صحيح: لا رمز يحمل هذا الوقت.',
  'error.token-time-range.customer': 'يجب ضبط ساعة الجهاز أولا.',
  'error.several-meters.cashier': 'هذا يدل على أكثر من عداد (العدد {count}). أعط رقم العداد.',
  'error.several-meters.customer': 'من فضلك أرني الرقم على عدادك أو بطاقتك.',
  'error.config-missing.cashier': 'لم تعد المحطة بعد: لا يوجد {file}.',
  'error.config-missing.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.already-open.cashier': 'Kioskwatt مفتوح على هذا الحاسوب من قبل. أحضرت نافذته إلى الأمام.',
  'error.already-open.customer': 'الجهاز يعمل من قبل.',
  'error.training-only.cashier': 'هذا للتدريب فقط.',
  'error.training-only.customer': 'هذا للتدريب فقط.',
  'error.warning-duplicate.cashier':
    'اشترى العداد {meter} المبلغ نفسه {minutes, plural, zero {الآن} one {قبل دقيقة واحدة} two {قبل دقيقتين} few {قبل # دقائق} many {قبل # دقيقة} other {قبل # دقيقة}} (الإيصال {receiptNumber}). اسأل العميل؛ Enter يبيع مرة أخرى، وEsc يرجع.',
  'error.warning-duplicate.customer': 'اشتري المبلغ نفسه للعداد {meter} قبل قليل. هل تريده مرة أخرى؟',
  'error.warning-paid-twice.cashier':
    'دُفع المبلغ نفسه لحساب العداد {meter} {minutes, plural, zero {الآن} one {قبل دقيقة واحدة} two {قبل دقيقتين} few {قبل # دقائق} many {قبل # دقيقة} other {قبل # دقيقة}} (الإيصال {receiptNumber}). اسأل العميل؛ Enter يستلمه مرة أخرى، وEsc يرجع.',
  'error.warning-paid-twice.customer': 'دُفع المبلغ نفسه للعداد {meter} قبل قليل. هل تريد أن تدفعه مرة أخرى؟',
  'error.warning-unusual-amount.cashier':
    'هذا أكثر بكثير مما يشتريه العداد {meter} عادة ({usual} على الأكثر). اقرأ رقم العداد للعميل؛ Enter يبيع، وEsc يرجع.',
  'error.warning-unusual-amount.customer': 'هذا أكثر بكثير من المعتاد. هل رقم العداد {meter} صحيح؟',
  'error.warning-new-meter.cashier':
    'لم يُشترَ للعداد {meter} هنا من قبل؛ كان هذا الهاتف يشتري حتى الآن للعداد {usual}. اقرأ رقم العداد للعميل؛ Enter يبيع، وEsc يرجع.',
  'error.warning-new-meter.customer': 'كنت تشتري حتى الآن للعداد {usual}. هل رقم العداد {meter} صحيح؟',
  'error.limit-per-sale.cashier': 'البيع الواحد هنا {limit} على الأكثر. خذ مبلغا أصغر أو اطلب من المشرف.',
  'error.limit-per-sale.customer': 'الشراء الواحد هنا {limit} على الأكثر.',
  'error.limit-per-meter-day.cashier': 'يمكن لهذا العداد أن يشتري هنا {limit} في اليوم؛ بقي اليوم {left}.',
  'error.limit-per-meter-day.customer': 'يمكن لعدادك أن يشتري {left} أخرى اليوم.',
  'error.limit-per-operator-day.cashier': 'يمكنك بيع {limit} في اليوم؛ بقي اليوم {left}. اطلب من المشرف.',
  'error.limit-per-operator-day.customer': 'لا يمكن لهذا الشباك بيع هذا القدر اليوم.',
  'error.limit-per-operator-shift.cashier': 'يمكنك بيع {limit} في الوردية؛ بقي {left}. اطلب من المشرف.',
  'error.limit-per-operator-shift.customer': 'لا يمكن لهذا الشباك بيع هذا القدر الآن.',
  'error.sale-not-in-doubt.cashier': 'البيع {receiptNumber} محسوم: لا شيء يغلق.',
  'error.sale-not-in-doubt.customer': 'ذلك الشراء محسوم.',
  'error.sale-under-way.cashier': 'الوحدة تجيب الآن عن هذا البيع. انظر مرة أخرى بعد ثوان قليلة.',
  'error.sale-under-way.customer': 'الجهاز ينهي شراءك.',
  'error.database-missing.cashier':
    'لا يوجد {file}، أو لا شيء فيه. في مجلد استعمل من قبل لا يبدأ شيء من جديد: أعد الملف إلى مكانه أو استعد آخر نسخة احتياطية تم التحقق منها. في مجلد جديد شغل المحطة أولا.',
  'error.database-missing.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.profile-differs.cashier':
    'هذا المجلد لمحطة {found} وفتح على أنه {wanted}. اختر المجلد أو النوع الصحيح.',
  'error.profile-differs.customer': 'لا يستطيع الجهاز البدء بعد.',
  'error.backup-target.cashier':
    '{reason, select, insideData {مجلد النسخ {folder} داخل مجلد البيانات. اختر مجلدا على قرص آخر.} notAFolder {مجلد النسخ {folder} غير موجود. صل القرص أو أنشئ المجلد ثم حاول مرة أخرى.} noRoom {لا مكان لنسخة في {folder} (ينقص {detail} بايت). استعمل قرصا آخر؛ البرنامج لا يحذف النسخ القديمة أبدا.} other {لا يمكن الكتابة في مجلد النسخ {folder} ({detail}). تحقق من القرص ومن صلاحيات هذا الحساب.}} لم تصنع نسخة.',
  'error.backup-target.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.backup-source.cashier': 'المجلد {folder} ليس مجلد بيانات محطة: {file} ناقص. لم تصنع نسخة.',
  'error.backup-source.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.backup-same-disk.cashier':
    'النسخة الاحتياطية على قرص الدفاتر نفسه وتضيع معها. اطلب تعيين مجلد للنسخ على قرص آخر ثم انسخ مرة أخرى.',
  'error.backup-same-disk.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.backup-incomplete.cashier': 'انقطع صنع النسخة {backup} فلا تحسب. استعمل نسخة أقدم.',
  'error.backup-incomplete.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.backup-changed.cashier':
    'النسخة {backup} ليست كما كتبت: {file} {reason, select, missing {ناقص} size {له حجم آخر} unexpected {ليس منها} other {تغير}}. استعمل نسخة أقدم.',
  'error.backup-changed.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.restore-target.cashier':
    'لم يستعد شيء إلى {folder}: {reason, select, insideBackup {هو داخل النسخة، أو النسخة داخله} noParent {المجلد الذي فوقه غير موجود} notAFolder {ليس مجلدا} other {{reason}}}.',
  'error.restore-target.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.restore-clock.cashier':
    'ساعة الحاسوب تقول {clock}، وأحدث ما هو معروف هنا من {last}. إن كانت الساعة خاطئة فاضبطها. وإن كانت صحيحة فأعط الأمر مرة أخرى مع --clock-is-right. لم يتغير شيء.',
  'error.restore-clock.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.export-target.cashier':
    'لم يصدر شيء إلى {folder}: {reason, select, notEmpty {المجلد ليس فارغا} other {{reason}}}.',
  'error.export-target.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.disk-full.cashier':
    'القرص ممتلئ تقريبا (بقي {megabytes} ميغابايت). يتوقف البيع هنا كي يبقى ما بيع محفوظا. أفرغ مكانا أو اتصل بالمشرف.',
  'error.disk-full.customer': 'لا يستطيع الجهاز البيع الآن.',
  'error.request-differs.cashier':
    'كان هذا الطلب لبيع آخر (الإيصال {receiptNumber}). لم يبع شيء. ابدأ البيع من جديد.',
  'error.request-differs.customer': 'علي أن أبدأ شراءك من جديد.',
  'error.recall-not-restored.cashier': 'لم يستعد هذا المجلد من نسخة احتياطية، فلا شيء يعاد.',
  'error.recall-not-restored.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.slip-file.cashier':
    'لا يصلح الملف {path} قسائم: {reason, select, missing {غير موجود} other {{reason}}}. لم يعد شيء.',
  'error.slip-file.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.slip-refused.cashier':
    'القسيمة {receipt}: {reason, select, receipt {ليس هذا رقما أعطته المحطة قبل الاستعادة} taken {في الدفاتر بيع آخر بهذا الرقم أو الرمز} open {البيع مفتوح في الدفاتر؛ أنهه هناك} ended {انتهى البيع في الدفاتر بلا رمز؛ أعيد ماله أو ذهب إلى بيع آخر} time {لا يوجد وقت كهذا} after {وقتها بعد الاستعادة} before {وقتها قبل النسخة الاحتياطية، وهي تعرفه} meter {العداد ليس في الدليل} reference {رقم دفعها دفع بيعا آخر} token {الرمز لا يصلح لهذا العداد بمفتاحه} kind {لا يعود من الورق إلا شراء برمز رصيد واحد} minute {صنع الرمز لوقت آخر} units {يحمل الرمز وحدات أخرى} other {{reason}}}. لم يعد شيء.',
  'error.slip-refused.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.recall-unreadable.cashier': 'لا يمكن قراءة الملف المصدر. لم يعد شيء.',
  'error.recall-unreadable.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.recall-not-following.cashier': 'الملف المصدر لا يتبع دفاتر هذا المجلد، أو تغير. لم يعد شيء.',
  'error.recall-not-following.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
};

"""Words of the genre: verbs that order, words that end an agency's name, nouns that begin one."""

from __future__ import annotations

#: Verbs of two syllables that begin an order or follow the name of whoever is charged.
VERBS2 = frozenset(
    w.strip()
    for w in """
    ban hành, bám sát, bàn giao, báo cáo, bảo đảm, bảo quản, bảo vệ, bảo trì, bãi bỏ, biên soạn, biểu dương, bố trí, bổ sung, bổ
    nhiệm, bồi dưỡng, bồi thường, ban bố, cam kết, can thiệp, cải cách, cải thiện, cải tiến, cảnh báo, cảnh giác, cân đối, cấp
    phát, cập nhật, cắt giảm, chấm dứt, chấn chỉnh, chấp hành, chi trả, chia sẻ, chịu trách, chỉ đạo, chỉ định, chỉnh sửa, chọn
    lọc, chú trọng, chú ý, chủ động, chủ trì, chuẩn bị, chuẩn hóa, chuyển đổi, chuyển giao, chứng nhận, chăm lo, chăm sóc, chi
    đạo, chi tiết, công bố, công khai, công nhận, củng cố, cung cấp, cung ứng, cụ thể, cử cán, cơ cấu, cho phép, duy trì, dự báo,
    dự trữ, di dời, dừng hoạt, dành thời, dành nguồn, đa dạng, đánh giá, đào tạo, đảm bảo, đàm phán, đăng ký, đăng tải, đầu tư,
    đẩy mạnh, đẩy nhanh, đề cao, đề nghị, đề xuất, điều chỉnh, điều động, điều hành, điều phối, điều tra, điều tiết, đình chỉ,
    định hướng, định kỳ, đón tiếp, đóng góp, đôn đốc, đồng bộ, đổi mới, động viên, đối chiếu, đối thoại, đưa vào, đưa tin, đưa
    nội, đấu tranh, đấu thầu, đặc biệt, gắn kết, gắn trách, giám sát, giảm thiểu, giảm tối, giao ban, giao cho, giao nhiệm, giao
    trách, giao đất, giải đáp, giải ngân, giải phóng, giải quyết, giới thiệu, giữ vững, giữ gìn, giúp đỡ, hạn chế, hỗ trợ, hoàn
    chỉnh, hoàn tất, hoàn thành, hoàn thiện, họp bàn, huy động, hướng dẫn, hướng tới, hình thành, hợp tác, học tập, hiện đại, hủy
    bỏ, kê khai, kết nối, kết hợp, khai thác, khai báo, khảo sát, khắc phục, khẩn trương, khen thưởng, khôi phục, khơi thông,
    khuyến khích, khuyến cáo, khoanh vùng, khởi công, kiên quyết, kiên trì, kiểm đếm, kiểm điểm, kiểm kê, kiểm soát, kiểm tra,
    kiện toàn, kiến nghị, ký kết, kịp thời, kêu gọi, làm rõ, làm tốt, làm việc, làm căn, lãnh đạo, lấy ý, lập danh, lập dự, lập
    hồ, lập kế, lập phương, liên hệ, loại bỏ, lồng ghép, luân chuyển, lưu ý, lưu trữ, lựa chọn, lắp đặt, lên phương, lên kế, mở
    rộng, mở các, mở lớp, miễn nhiệm, mua sắm, nắm bắt, nắm chắc, nắm tình, nâng cao, nâng cấp, nêu cao, nêu gương, ngăn chặn,
    ngăn ngừa, nghiêm cấm, nghiêm túc, nghiên cứu, nghiệm thu, nhận diện, nhận thức, nhân rộng, niêm yết, nộp hồ, nỗ lực, nhắc
    nhở, nhanh chóng, ổn định, ưu tiên, ứng dụng, ứng phó, ứng trực, ủy quyền, phân bổ, phân cấp, phân công, phân định, phân loại,
    phân tích, phát động, phát hành, phát hiện, phát huy, phát sóng, phát triển, phát thanh, phản ánh, phản hồi, phê bình, phê
    duyệt, phê phán, phòng chống, phòng ngừa, phổ biến, phối hợp, phục hồi, phục vụ, phấn đấu, phun thuốc, phun hóa, quan tâm,
    quán triệt, quản lý, quảng bá, quyết định, quyết liệt, quy định, quy hoạch, quét dọn, rà soát, ra quân, ra soát, rút gọn, rút
    kinh, rút ngắn, sàng lọc, sao gửi, sắp xếp, sẵn sàng, siết chặt, soạn thảo, sơ kết, sơ tán, số hóa, sử dụng, sửa chữa, sửa
    đổi, sản xuất, sớm hoàn, sớm triển, sớm ban, tạm dừng, tạm thời, tạo điều, tạo lập, tạo sự, tạo chuyển, tạo môi, tăng cường,
    tăng thời, tăng tỷ, tăng thu, tăng tốc, tập huấn, tập hợp, tập trung, tận dụng, thanh toán, thanh tra, tham dự, tham gia, tham
    khảo, tham mưu, tháo gỡ, thay đổi, thay thế, thành lập, thẩm định, thẩm tra, theo dõi, thiết kế, thiết lập, thí điểm, thông
    báo, thông tin, thông qua, thống kê, thống nhất, thu gọn, thu gom, thu hồi, thu hút, thu thập, thúc đẩy, thực hành, thực hiện,
    thực thi, thường trực, thường xuyên, thường kỳ, tiên phong, tiếp cận, tiếp nhận, tiếp thu, tiếp tục, tiết giảm, tiết kiệm,
    tiến hành, tìm kiếm, tìm hiểu, tích cực, tích hợp, tinh gọn, tinh giản, tiêm phòng, tiêm vắc, tiêu hủy, tính toán, tổ chức,
    tổng hợp, tổng kết, tổng rà, tôn trọng, tôn vinh, trả lời, trao đổi, trang bị, triển khai, trình bày, trình cấp, trình chính,
    trình hội, trình thủ, trình ubnd, trình ủy, trình chủ, truy cứu, truy trách, truy vết, truyền thông, trực tiếp, trồng mới,
    tuân thủ, tuần tra, tuyên dương, tuyên truyền, tuyển chọn, tuyển dụng, từ chối, tự kiểm, tự rà, tự giác, tự đánh, tự chủ,
    tuyệt đối, vận động, vận hành, vận chuyển, vận dụng, vệ sinh, xác định, xác minh, xác nhận, xây dựng, xem xét, xét tặng, xóa
    bỏ, xúc tiến, xử lý, xử phạt, xin ý, yêu cầu, rút kinh, ghi nhận, ghi chép, gương mẫu, đứng ra, đi đầu, tư vấn, tham vấn, tăng
    mức, trực ban, trực chỉ, bắt giữ, bắt buộc, kết luận, kết thúc, bóc gỡ, phân luồng, phong tỏa, gia cố, gia hạn, neo đậu, thu
    nộp, quyết toán, thu thuế, kích cầu, kích hoạt, đáp ứng, đón nhận, đồng hành, cấm các, chuyển hồ, chuyển đến, chuyển biến, làm
    đầu, làm sạch, nhập liệu, cài đặt, trích lập, trích xuất, kiểm nghiệm, tách bạch, lan tỏa, diễn tập, trực gác, trực chiến, kêu
    gọi, cấm biển, ký cam, ra văn, ra quyết, phát quang, nạo vét, canh gác, đóng cửa, mở đợt, mở chuyên, bổ trợ, tổ chức, xây lắp,
    cấp mới, cấp đổi, thu giữ, hậu kiểm, kiểm định, kiểm dịch, khử khuẩn, xét nghiệm, cách ly, điều trị, cứu chữa, tiêm chủng,
    phân tuyến, hoan nghênh, truyền đạt, trân trọng, giám định, kê biên, thi hành, xét xử, truy tố, khởi tố
    """.replace("\n", " ").split(",")
)
VERBS2 = frozenset(" ".join(w.split()) for w in VERBS2)

#: Verbs of one syllable; they begin an order only as the first word of an item.
VERBS1 = frozenset(
    "lập giao gửi nộp trình cử mời họp mở giảm tăng giữ gắn đưa đặt đề cấp cắt chọn chi dừng ghi hủy kê khai làm lấy lên "
    "lưu nêu nắm nhập phát quét ra rút sửa tạo tham thu tiếp tìm tính trả treo trực tuyên từ vẽ xét xóa xử đổi đo đóng "
    "đón đảm nâng bắt bảo bỏ báo chấm chốt chuyển coi cung dạy dành dán dọn dựng điền khơi kiểm ký lắp luôn mua ngừng "
    "nghiêm nhận nhắc phân phải phòng quán rà soát tập thẩm theo thực tổng trồng truyền vận xây xác xin ưu ứng".split()
)

#: Adverbs that stand before the verb of an order.
ADVERBS = (
    "tiếp tục", "khẩn trương", "chủ động", "thường xuyên", "kịp thời", "tích cực", "tập trung", "nghiêm túc", "kiên quyết",
    "quyết liệt", "trực tiếp", "nhanh chóng", "tuyệt đối", "định kỳ", "sớm", "ngay", "tạm thời", "đồng thời", "cùng",
)  # fmt: skip

#: Words that end an agency's name when they stand in lower case after it.
STOPS = frozenset(
    "phải cần nên không chưa chịu theo để nhằm khi nếu thì với do bằng giúp lập làm gửi nộp trình hãy đã đang sẽ được bị "
    "căn vừa mới cùng ngay sớm tự trên trong tại từ về cho như mà rồi lấy cử giao đưa đề dùng đến tới qua lên bởi sau trước "
    "theo: hoặc giữ nắm đôn rà tuyệt nghiêm ký vào ra trả thu ghi coi xin mở tạo bắt nêu tăng giảm họp hằng hàng mỗi nhất "
    "mời dừng luôn cấp gắn đặt chốt phân trực rất".split()
)

#: Two words that end a name although the first alone does not.
STOPS2 = frozenset(
    {"tổng kiểm", "tổng điều", "tổng vệ", "cơ bản",
     "có trách", "có nhiệm", "có văn", "có biện", "có giải", "có kế", "có ý", "có phương", "có báo", "có quyết", "chủ nhiệm",
     "là cơ", "là đơn", "là đầu", "nghiêm chỉnh", "thực sự", "chủ quản"} - {"chủ nhiệm", "chủ quản"}
)  # fmt: skip

#: Lower-case words that stay inside a name even though they are also stops or verbs.
KEEPS2 = frozenset(
    {"cấp quân", "cấp thành", "cấp bộ", "cấp cơ",
     "cấp xã", "cấp tỉnh", "cấp huyện", "cấp trên", "cấp dưới", "cấp ủy", "cấp có", "cấp phòng", "cấp sở",
     "thường trực", "quản lý", "chủ trì", "tổ chức", "phòng chống", "trên địa", "trong tỉnh", "trong huyện",
     "trong ngành", "trong thành", "trong xã", "trong quận", "phát thanh", "thông tin", "đầu tư", "xây dựng", "bảo vệ",
     "được giao", "được phân", "được lấy", "được thành", "chỉ đạo", "chỉ huy", "điều phối", "điều hành", "đại diện",
     "phục vụ", "hướng dẫn", "tư vấn", "phụ trách", "sử dụng", "kinh doanh", "sản xuất", "nghiên cứu", "đào tạo",
     "lãnh đạo", "kiểm tra", "thanh tra", "giám sát", "kiểm lâm", "trong toàn", "trong và", "trong khu", "tại địa"}
)  # fmt: skip

#: Single syllables that begin the name of a body or of an office holder.
HEADS1 = frozenset(
    "bộ sở ban ubnd hđnd ubmttq ubmt mttq cục vụ viện đài báo đoàn hội phòng thuế ngành tổ đảng trường bđbp bchqs vpcp nhnn bhxh "
    "quỹ đội trạm cảng vnpt evn".split()
)

#: Two syllables that begin a name.
HEADS2 = frozenset(
    w.strip()
    for w in """
    vườn quốc, ủy ban, ủy viên, hội đồng, văn phòng, công an, thanh tra, tòa án, viện kiểm, viện trưởng, tổng cục, chi cục, kho bạc, ngân
    hàng, bảo hiểm, cục thuế, thông tấn, trung tâm, nhà trường, bệnh viện, công ty, tập đoàn, tổng công, liên đoàn, liên minh, mặt
    trận, tỉnh đoàn, thành đoàn, đảng ủy, tỉnh ủy, thành ủy, huyện ủy, quận ủy, thị ủy, quân khu, quân đội, bộ chỉ, bộ đội, bộ tư,
    ban chỉ, ban quản, ban dân, ban tổ, ban tuyên, lực lượng, chính quyền, địa phương, cơ quan, đơn vị, tổ chức, doanh nghiệp, chủ
    đầu, chủ rừng, chủ tàu, chủ cơ, chủ hộ, tổ công, điện lực, hải quan, quản lý, kiểm toán, học viện, đại học, bưu điện, bưu
    chính, kiểm lâm, hạt kiểm, quỹ đầu, hiệp hội, hợp tác, khu quản, cảng vụ, thủ trưởng, giám đốc, chủ tịch, phó chủ, phó thủ,
    phó giám, bộ trưởng, thứ trưởng, chánh văn, chánh thanh, trưởng ban, trưởng phòng, trưởng các, hiệu trưởng, người đứng, tổng
    giám, cục trưởng, vụ trưởng, bí thư, trưởng công, chỉ huy, lãnh đạo, tổng biên, đồng chí, cán bộ, công chức, viên chức, thống
    đốc, chi nhánh, cấp ủy, cổng thông, nhà máy, nhà thầu, người đại, chủ nhiệm, phó trưởng, trạm y, cơ sở,
    bch quân, bộ phận, hạt trưởng, tư lệnh, chính ủy, đội ngũ, quốc hội, chính phủ, thủ tướng, thường trực, các cấp
    """.replace("\n", " ").split(",")
)
HEADS2 = frozenset(" ".join(w.split()) for w in HEADS2)

#: What may follow "các", "những", "mỗi", "từng" in the name of those charged.
AGENCY_NOUNS = frozenset(
    "sở bộ ban ngành cơ đơn địa tổ doanh xã phường huyện quận thị thành tỉnh trường nhà chủ hội đoàn lực cán công đồng ủy "
    "phòng trung ngân bệnh cấp tập tổng chi cục vụ viện ubnd hđnd đài báo hộ bên trưởng phó thôn khu hiệp đảng trạm đội "
    "đồn hợp thủ giám bộ hiệu nhà bí đặc ban bộ, thành học cảng tàu cơ quan người lãnh đại liên mttq hạt chính".split()
)
#: Words that look like such a noun but begin something else ("các tổ hợp", "các công trình", "các chủ trương").
NOT_AGENCIES2 = frozenset(
    """
    ban bố, ban hành, báo cáo, báo cáo,, báo động, bên cạnh, bộ chỉ số, bộ câu, bộ hồ, bộ luật, bộ máy, bộ môn, bộ
    thủ, bộ tiêu, chi phí, chi tiết, chi trả, chính sách, chính trị, chủ thể, chủ trương, chủ đề, công cụ, công dân,
    công khai, công nghệ, công suất, công trình, công trường, công tác, công việc, công văn, công điện, công đoạn,
    công đồng, cơ bản, cơ chế, cơ cấu, cơ hội, cấp bách, cấp độ, học sinh, học viên, hội chợ, hội họp, hội nghị, hội
    nhập, hội thi, hội thảo, hội viên, khu công, khu di, khu vực, ngành dọc, ngành nghề, người bệnh, người dân, phòng
    cháy, phòng chống, phòng ngừa, phòng trào, phòng, chống, phòng, tránh, thanh toán, thuế suất, thuế đất, thành
    phần, thành quả, thành tích, thành tựu, trung gian, trường hợp, trường phái, tập quán, tập thể, tổ hợp, tổng chi,
    tổng hợp, tổng kết, tổng mức, tổng rà, tổng số, tổng thu, tổng thể, tổng vốn, viện dẫn, vụ cháy, vụ việc, vụ án,
    đoàn công, đoàn kiểm, đoàn kết, đoàn viên, đơn giá, đơn thư, đại biểu, địa bàn, địa chỉ, địa danh, địa điểm, đồng
    bộ, đồng thời
    """.replace("\n", " ").split(", ")
)
NOT_AGENCIES2 = frozenset(" ".join(w.split()) for w in NOT_AGENCIES2)

#: Words of administrative units: in a list they go on with the name before, never begin one.
UNITS = frozenset("xã phường huyện quận tỉnh ban ngành đoàn đơn địa thị thành đặc sở bộ cơ tổ hội cá hộ doanh viện"
    " trường công cán viên chi phòng "
                  "chủ nhân người cục lực đảng".split())  # fmt: skip

#: Second parts of the names of branches in small letters ("sở giáo dục và đào tạo").
BRANCHES2 = frozenset(
    {
        "đào tạo",
        "công nghệ",
        "môi trường",
        "đầu tư",
        "xã hội",
        "du lịch",
        "thể thao",
        "truyền thông",
        "phát triển",
        "thương binh",
    }
)

#: Nouns whose first syllable alone would end a name ("Vụ An toàn giao thông", "Bộ phận Tiếp nhận và trả kết quả").
NOUNS2 = frozenset(
    """
    giao thông, giao dịch, trực tuyến, lập trình, tăng trưởng, giảm nghèo, tự vệ, tự quản, phân bón, trả kết, thu phí,
    cấp nước, cấp cứu, mở rộng, họp báo, đại đoàn, lập pháp, làm việc, cấp điện, thu ngân, cho vay, phân hiệu
    """.replace("\n", " ").split(",")
)
NOUNS2 = frozenset(" ".join(w.split()) for w in NOUNS2)

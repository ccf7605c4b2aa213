"""List set phrases of two syllables in administrative prose, and names of letterheads, for the repair of scans."""

from __future__ import annotations

#: Beside the verbs and nouns of the lexicon.
PHRASES = """
an giang, an ninh, an toàn, biên bản, biện pháp, bán hàng, báo chí, bình dương, bình phước, bình thuận, bình đẳng,
bình định, bí mật, bí thư, bưu chính, bạc liêu, bảng giá, bảng kê, bảo hiểm, bắc giang, bắc kạn, bắc ninh, bến tre,
bộ máy, bộ trưởng, cao bằng, chi cục, chi phí, chi tiết, chiến lược, chuyên gia, chuyên môn, chuyên ngành, chí minh,
chính phủ, chính quyền, chính sách, chính trị, chương trình, chất lượng, chế độ, chỉ thị, chồng lấn, chủ tịch, chủ
yếu, chủ đề, chức năng, cà mau, cá nhân, cán bộ, công an, công chức, công dân, công nghiệp, công nghệ, công thương,
công trình, công tác, công việc, công văn, công vụ, công điện, cùng cấp, căn cứ, cơ bản, cơ quan, cơ sở, cấp xã, cần
thơ, cổng dịch, cộng hòa, cộng đồng, cửu long, danh mục, danh sách, diễn biến, doanh nghiệp, du lịch, dân tộc, dân
vận, dịch bệnh, dịch vụ, dữ liệu, dự thảo, dự toán, dự án, gia lai, giai đoạn, giao thông, giám đốc, giáo dục, giáo
viên, giải pháp, giấy tờ, hiệu lực, hiệu quả, hiệu trưởng, hoạt động, huy chương, huyện ủy, hà giang, hà nam, hà
nội, hà tĩnh, hàng hóa, hàng không, hành chính, hành động, hòa bình, hưng yên, hạ tầng, hạnh phúc, hải
dương, hải phòng, hậu giang, hệ thống, học sinh, hồ chí, hồ sơ, hộ khẩu, hộ tịch, hội nghị,
hội đồng, khiếu nại, khoa học, khoáng sản, khu vực, khánh hòa, khó khăn, không gian, kinh doanh, kinh phí, kinh tế,
kiên giang, kiểm lâm, kiểm sát, kon tum, kính gửi, kế hoạch, kết quả, kể từ, kịp thời, kỷ cương, kỷ luật, kỹ năng,
kỹ thuật, lai châu, lao động, liên quan, long an, lào cai, lâm nghiệp, lâm đồng, lâu dài, lĩnh vực, lạng sơn, lấn
chiếm, lễ hội, lực lượng, môi trường, mạng lưới, mặt trận, mục tiêu, mục đích, nam định, nghĩa vụ, nghệ an, nghị
quyết, nghị định, nguyên nhân, nguyên tắc, nguồn lực, ngành công, ngân hàng, ngân sách, người dân, nhiều
khó, nhiệm vụ, nhà nước, nhân dân, nhân lực, nhân viên, ninh bình, ninh thuận, nông nghiệp, nông thôn, năng lượng,
năng lực, nơi nhận, nội bộ, nội dung, nội vụ, phong trào, pháp luật, pháp lý, phòng cháy, phó chủ, phó giám, phó
thủ, phú thọ, phú yên, phương thức, phương tiện, phương án, phạm vi, phổ cập, phụ lục, phụ trách, quan trọng, quan
điểm, quy chế, quy mô, quy trình, quyết định, quyền hạn, quyền lợi, quân sự, quý trước, quản lý, quảng bình, quảng
nam, quảng ngãi, quảng ninh, quảng trị, quận ủy, quốc gia, quốc hội, quốc phòng, rủi ro, sau khi, sáng kiến, sóc
trăng, sông cửu, sơn la, sản phẩm, số liệu, số lượng, sửa đổi, sự cố, sự kiện, thanh hóa, thanh niên, thi hành,
thiên huế, thiên tai, thuận lợi, thuế quan, thành công, thành phần, thành phố, thành tích, thành viên, thành ủy,
thái bình, thái nguyên, thông báo, thông tư, thương binh, thương mại, thường vụ, thẩm quyền, thể chế, thể thao, thị
trường, thị trấn, thời gian, thời hạn, thủ trưởng, thủ tướng, thủ tục, thủ đô, thủy lợi, thủy sản, thừa thiên, thực
trạng, tinh thần, tiêu chuẩn, tiêu chí, tiêu cực, tiến độ, tiềm năng, tiền giang, tiền lương, toàn bộ, toàn diện,
toàn quốc, trung tâm, trung ương, trà vinh, trách nhiệm, trên cơ, trình độ, trí tuệ, trước khi, trường hợp, trưởng
ban, trưởng phòng, trạng thái, trật tự, trụ sở, tuyên quang, tuyến đường, tài chính, tài liệu, tài nguyên, tài sản,
tâm lý, tây ninh, tình hình, tình trạng, tư pháp, tương lai, tập thể, tập đoàn, tỉnh ủy, tố cáo, tồn tại, tồn đọng,
tổ công, tổ quốc, tổng công, tổng cục, tội phạm, từng bước, vi phạm, viên chức, viễn thông, việt nam, văn bản, văn
hóa, văn phòng, vĩnh long, vĩnh phúc, vướng mắc, vấn đề, vật tư, vắc xin, xuất khẩu, xây dựng, xã hội, y tế, yên
bái, ý kiến, ý thức, điều hành, điều kiện, điện biên, điện tử, đoàn thể, đà nẵng, đô thị, đơn vị, đường bộ, đường
sắt, đại biểu, đại hội, đại lý, đảng ủy, đất đai, đấu giá, đầu tư, đầy đủ, đắk lắk, đắk nông, đặc biệt, đặc khu, đặc
thù, đề án, địa bàn, địa phương, định mức, đối tượng, đồng chí, đồng nai, đồng tháp, đồng thời, đổi đất, độc lập,
đội ngũ, ủy ban, ủy viên
"""

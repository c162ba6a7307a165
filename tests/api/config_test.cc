// SPDX-License-Identifier: Apache-2.0
#include "api/config.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/sequencer/durable_file.h"
#include "tests/support/temporary_directory.h"

namespace jejak::api {
namespace {

class ConfigTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text, unsigned mode = 0600) {
    const auto written = sequencer::ReplaceFile(directory_ / name, text, mode);
    ASSERT_TRUE(written.ok()) << written.error().detail;
  }
  std::string Fault(const std::string& toml) {
    Config config;
    const Result<void> read = ReadConfigText(toml, config);
    return read.ok() ? "" : read.error().detail;
  }

  TemporaryDirectory directory_;
};

TEST_F(ConfigTest, FlagsWinOverEnvironmentOverFileOverDefaults) {
  Write("config.toml",
        "entries = \"oversight\"\nio_threads = 3\nwork_threads = 3\nqueue_mib = 3\n");
  const Texts environment{{"JEJAK_IO_THREADS", "4"}, {"JEJAK_WORK_THREADS", "4"}};
  const Texts flags{{"data", directory_.path()}, {"io_threads", "5"}};
  const auto config = LoadConfig("", flags, environment);
  ASSERT_TRUE(config.ok()) << config.error().detail;
  EXPECT_EQ(config->io_threads, 5u);
  EXPECT_EQ(config->work_threads, 4u);
  EXPECT_EQ(config->queue_mib, 3u);
  EXPECT_EQ(config->queue_submissions, 16384u);
  EXPECT_EQ(config->entries, Entries::kOversight);
}

TEST_F(ConfigTest, DataMayComeFromTheEnvironmentOrTheNamedFile) {
  Write("config.toml", "entries = \"public\"\n");
  EXPECT_TRUE(LoadConfig("", {}, {{"JEJAK_DATA", directory_.path()}}).ok());
  Write("other.toml", "entries = \"public\"\ndata = \"/var/lib/jejak\"\n");
  const auto config = LoadConfig(directory_ / "other.toml", {}, {});
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config->data, "/var/lib/jejak");
  EXPECT_EQ(LoadConfig(directory_ / "none.toml", {}, {}).error().code, Code::kNotFound);
}

TEST_F(ConfigTest, EverySettingHasAFlagAVariableAndAKey) {
  const std::map<std::string_view, std::string> samples = {
      {"data", directory_.path()}, {"entries", "public"},
      {"listen", "127.0.0.1:1"},   {"listen_oversight", "none"},
      {"passphrase_file", "/p"},   {"guard", "/g"},
      {"bodies", "elsewhere"},     {"demo", "true"},
      {"log_level", "debug"},      {"requests_per_second", "7"},
      {"heartbeat_s", "900"},      {"trusted_proxies", "127.0.0.1,::1"}};
  Write("config.toml", "");
  for (const Setting& setting : Settings()) {
    const auto sample = samples.find(setting.name);
    const std::string value = sample == samples.end() ? "9" : sample->second;
    Config config;
    EXPECT_TRUE(Set(config, setting.name, value).ok()) << setting.name;
    EXPECT_FALSE(setting.help.empty());
    Texts environment{{"JEJAK_DATA", directory_.path()}, {"JEJAK_ENTRIES", "public"}};
    environment[VariableOf(setting)] = value;
    EXPECT_TRUE(LoadConfig("", {}, environment).ok()) << VariableOf(setting);
  }
  EXPECT_EQ(FlagOf(Settings()[3]), "--listen-oversight");
  EXPECT_EQ(VariableOf(Settings()[3]), "JEJAK_LISTEN_OVERSIGHT");
}

TEST_F(ConfigTest, UnknownNamesAreErrorsThatNameThem) {
  EXPECT_NE(Fault("lisen = \"127.0.0.1:1\"\n").find("lisen"), std::string::npos);
  EXPECT_NE(Fault("demo = true\n[limits]\nqueue_mib = 1\n").find("limits"), std::string::npos);
  Write("config.toml", "");
  const Texts flags{{"data", directory_.path()}, {"entries", "public"}};
  for (const char* variable : {"JEJAK_LISEN", "JEJAK_listen", "JEJAK_"}) {
    const auto config = LoadConfig("", flags, {{variable, "x"}});
    ASSERT_FALSE(config.ok()) << variable;
    EXPECT_NE(config.error().detail.find(variable), std::string::npos) << config.error().detail;
  }
  EXPECT_TRUE(LoadConfig("", flags, {{"HOME", "/root"}}).ok());
}

TEST_F(ConfigTest, WrongValuesNameTheSettingAndTheLine) {
  for (const char* line : {"entries = \"all\"",
                           "listen = \"8080\"",
                           "listen = \"a:b\"",
                           "listen = \"::1:80\"",
                           "listen = \":80\"",
                           "listen = \"127.0.0.1:65536\"",
                           "listen_oversight = \"\"",
                           "bodies = \"there\"",
                           "demo = \"yes\"",
                           "demo = 1",
                           "io_threads = 0",
                           "io_threads = -1",
                           "io_threads = 1.5",
                           "io_threads = [1]",
                           "log_level = \"loud\"",
                           "heartbeat_s = 599",
                           "queue_mib = \"many\"",
                           "low_water_mib = 99999999",
                           "requests_per_second = 1000001",
                           "max_feeds_per_address = 1000001",
                           "trusted_proxies = true",
                           "trusted_proxies = \"\"",
                           "trusted_proxies = \"127.0.0.1,\"",
                           "trusted_proxies = \"10.0.0.0/8\"",
                           "trusted_proxies = \"localhost\"",
                           "trusted_proxies = \"fe80::1%eth0\"",
                           "trusted_proxies = [\"::1\"]",
                           "trusted_proxies = \"127.0.0.1:80\""}) {
    const std::string fault = Fault("\n" + std::string(line) + "\n");
    const std::string name(line, std::string_view(line).find(' '));
    EXPECT_NE(fault.find(name), std::string::npos) << line << ": " << fault;
    EXPECT_NE(fault.find("line 2"), std::string::npos) << line << ": " << fault;
  }
  EXPECT_NE(Fault("entries = \n").find("not TOML"), std::string::npos);
  EXPECT_NE(Fault("demo = true\ndemo = true\n").find("not TOML"), std::string::npos);
}

TEST_F(ConfigTest, AddressesMayBeOfBothFamilies) {
  Config config;
  ASSERT_TRUE(
      ReadConfigText("listen = \"[::1]:80\"\nlisten_oversight = \"10.0.0.1:0\"\n", config).ok());
  EXPECT_EQ(config.listen.address, "::1");
  EXPECT_EQ(config.listen.port, 80);
  EXPECT_EQ(config.listen_oversight->address, "10.0.0.1");
  ASSERT_TRUE(Set(config, "listen_oversight", "none").ok());
  EXPECT_FALSE(config.listen_oversight.has_value());
}

TEST_F(ConfigTest, TrustedProxiesAreAddressesWithCommasBetween) {
  Config config;
  EXPECT_TRUE(config.trusted_proxies.empty());
  ASSERT_TRUE(ReadConfigText("trusted_proxies = \"127.0.0.1, ::1,10.0.0.1\"\n", config).ok());
  ASSERT_EQ(config.trusted_proxies.size(), 3u);
  EXPECT_EQ(FormatAddress(config.trusted_proxies[0]), "127.0.0.1");
  EXPECT_EQ(FormatAddress(config.trusted_proxies[1]), "::1");
  EXPECT_EQ(FormatAddress(config.trusted_proxies[2]), "10.0.0.1");
  ASSERT_TRUE(Set(config, "trusted_proxies", "none").ok());
  EXPECT_TRUE(config.trusted_proxies.empty());
  std::string many = "10.0.0.1";
  for (int i = 0; i < 15; ++i) many += ",10.0.0.1";
  EXPECT_TRUE(Set(config, "trusted_proxies", many).ok());
  EXPECT_FALSE(Set(config, "trusted_proxies", many + ",10.0.0.1").ok());
}

TEST_F(ConfigTest, WhatMustBeChosenHasNoDefault) {
  EXPECT_EQ(LoadConfig("", {{"data", directory_.path()}}, {}).error().code, Code::kNotFound);
  Write("config.toml", "");
  EXPECT_NE(LoadConfig("", {}, {}).error().detail.find("--data"), std::string::npos);
  EXPECT_NE(LoadConfig("", {{"data", directory_.path()}}, {}).error().detail.find("entries"),
            std::string::npos);
  const Texts nobody{
      {"data", directory_.path()}, {"entries", "oversight"}, {"listen_oversight", "none"}};
  EXPECT_NE(LoadConfig("", nobody, {}).error().detail.find("listen_oversight"), std::string::npos);
}

TEST_F(ConfigTest, ThePassphraseIsReadFromAFileOfItsOwner) {
  Config config;
  config.passphrase_file = directory_ / "passphrase";
  EXPECT_EQ(ReadPassphrase(config).error().code, Code::kNotFound);
  Write("passphrase", "two words\n");
  EXPECT_EQ(ReadPassphrase(config).value(), "two words");
  Write("passphrase", " kept \n\n");
  EXPECT_EQ(ReadPassphrase(config).value(), " kept \n");
  std::filesystem::permissions(config.passphrase_file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(ReadPassphrase(config).error().code, Code::kRefused);
  config.passphrase = "of the process";
  EXPECT_EQ(ReadPassphrase(config).value(), "of the process");
}

}  // namespace
}  // namespace jejak::api
